// Names the admin's autocomplete boxes for screen readers: Select2 leaves them nameless.
"use strict";
function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const name = label ? label.textContent.trim().replace(/:$/, "") : select.ariaLabel;
    const box = select.nextElementSibling;
    if (!name || !box) continue;
    for (const part of box.querySelectorAll(".select2-selection--single, .select2-search__field, [role=textbox]")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
    }
  }
}
// The boxes are drawn by functions that wait in jQuery's queue: go after them.
addEventListener("load", () => django.jQuery(nameBoxes));
