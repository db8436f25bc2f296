// Takes a part of a form out at once, and back again until the page is left; what is out is not sent.
// Hooks: [data-removable] around a fieldset with [data-remove] (the button that does it on the server without this script), and
// beside the fieldset [data-removed] (hidden; said in its place) with the button [data-take-back].
document.querySelectorAll("[data-removable]").forEach((place) => {
  const part = place.querySelector("fieldset");
  const remove = part.querySelector("[data-remove]");
  const words = place.querySelector("[data-removed]");
  const back = words.querySelector("[data-take-back]");
  const set = (out) => {
    part.disabled = out; // what is disabled is neither sent nor kept
    part.hidden = out;
    words.hidden = !out;
  };
  const change = (out) => {
    set(out);
    (out ? back : remove).focus();
    place.dispatchEvent(new Event("change", { bubbles: true }));
  };
  set(false); // a browser that reloads the page remembers what was disabled
  remove.addEventListener("click", (event) => {
    event.preventDefault();
    change(true);
  });
  back.addEventListener("click", () => change(false));
});
