// Names the admin's autocomplete boxes for screen readers: Select2 leaves them nameless.
"use strict";
addEventListener("load", () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box) continue;
    for (const part of box.querySelectorAll(".select2-selection--single, .select2-search__field")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
    }
  }
});
