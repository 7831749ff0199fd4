/** Characters with which a spreadsheet begins a formula. */
const FORMULA = /^'*[=+\-@\t\r]/;
/** Signs, digits and what stands between them: a number, a date or a telephone number, which computes nothing. */
const NUMBER = /^[+-]?[\d\s.,()/-]+%?$/;

/** An apostrophe before what a spreadsheet would compute; numbers stay as they are. `restoreCell` takes it away again. */
export function disarmCell(value: string): string {
  return FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

export function restoreCell(value: string): string {
  return /^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}
