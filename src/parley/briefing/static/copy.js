// Copies the footnote that stands before a button; without script it can be selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy-note");
  if (!button) return;
  await navigator.clipboard.writeText(button.previousElementSibling.innerText);
  button.textContent = "Copied";
});
