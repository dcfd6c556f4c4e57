// Photos of a form: made smaller before they are sent, for slow lines and phones with big cameras.
// The server does the same to whatever comes; without this script it only takes longer.
(() => {
  const LONGEST = 2000, MOST = 8e6, ENOUGH = 6e5;

  const smaller = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    if (!blob || blob.size >= file.size) return null;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  };

  const chosen = async (field) => {
    const says = field.parentElement.querySelector("[data-photo-says]");
    const [file] = field.files;
    says.textContent = "";
    if (!file || file.size < ENOUGH) return;
    const made = await smaller(file).catch(() => null);
    if (field.files[0] !== file) return; // Another was chosen meanwhile.
    if (made) {
      const list = new DataTransfer();
      list.items.add(made);
      field.files = list.files;
      says.textContent = says.dataset.smaller;
    } else if (file.size > MOST) {
      says.textContent = says.dataset.big;
      field.value = "";
    }
  };

  for (const field of document.querySelectorAll("[data-photo]")) {
    field.addEventListener("change", () => chosen(field));
  }
})();
