/** Filter, "select all shown" and the count; the page works without them. */
export const environmentsScript = `
const rows = [...document.querySelectorAll(".companies li")];
const boxOf = (row) => row.querySelector("input");
const filter = document.getElementById("filter");
const all = document.getElementById("all");
const showCount = () => {
  document.getElementById("count").textContent = rows.filter((row) => boxOf(row).checked).length;
};
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  all.checked = false;
});
all.addEventListener("change", () => {
  for (const row of rows) if (!row.hidden && !boxOf(row).disabled) boxOf(row).checked = all.checked;
  showCount();
});
for (const row of rows) boxOf(row).addEventListener("change", showCount);
filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
showCount();
`;
