import type { CsvOptions } from "./csv";
import type { Encoding, FileProblem, RowProblem } from "./schema";

/** IntegrationID of every file below. */
export const OWN_ID = "K7-4711";
const HEAD = "IntegrationID;CompUserKey01;Name;IntegrationIDCheck";
const row = (key: string, name: string): string => `${OWN_ID};${key};${name};${OWN_ID}`;
const lines = (...text: string[]): string => `${text.join("\r\n")}\r\n`;
const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

/** Line of the file, and the row's key and name, or why the row is rejected. */
type ExpectedRow = [line: number, outcome: string | RowProblem["code"]];
type UglyFile = {
  name: string;
  bytes: string | Buffer;
  options?: Partial<CsvOptions>;
  expected: FileProblem["code"] | ExpectedRow[];
  encoding?: Encoding;
  emptyLines?: number;
};

/** Each is named after what is wrong with it. Rows are expected as `key|name`. */
export const UGLY_FILES: readonly UglyFile[] = [
  { name: "no byte at all", bytes: "", expected: "empty" },
  { name: "nothing but empty lines", bytes: "\r\n\r\n  \r\n", expected: "empty" },
  { name: "nothing but a byte order mark", bytes: "\ufeff", expected: "empty" },
  { name: "a header without rows", bytes: lines(HEAD), expected: [] },
  { name: "a header without its line break", bytes: HEAD, expected: [] },
  {
    name: "byte order mark of UTF-8",
    bytes: `\ufeff${lines(HEAD, row("1", "Åbo"))}`,
    expected: [[2, "1|Åbo"]],
  },
  {
    name: "byte order mark twice",
    bytes: `\ufeff\ufeff${lines(HEAD, row("1", "A"))}`,
    expected: [[2, "1|A"]],
  },
  {
    name: "UTF-16 little-endian with its mark",
    bytes: Buffer.from(`\ufeff${lines(HEAD, row("1", "Åbo 🙂"))}`, "utf16le"),
    expected: [[2, "1|Åbo 🙂"]],
    encoding: "utf-16le",
  },
  {
    name: "UTF-16 big-endian with its mark",
    bytes: utf16be(`\ufeff${lines(HEAD, row("1", "Åbo"))}`),
    expected: [[2, "1|Åbo"]],
    encoding: "utf-16be",
  },
  {
    name: "UTF-16 little-endian without a mark",
    bytes: Buffer.from(lines(HEAD, row("1", "Åbo")), "utf16le"),
    expected: [[2, "1|Åbo"]],
    encoding: "utf-16le",
  },
  {
    name: "UTF-16 big-endian without a mark",
    bytes: utf16be(lines(HEAD, row("1", "Åbo"))),
    expected: [[2, "1|Åbo"]],
    encoding: "utf-16be",
  },
  {
    name: "UTF-16 cut in the middle of a character",
    bytes: Buffer.concat([Buffer.from(`\ufeff${lines(HEAD, row("1", "A"))}`, "utf16le"), Buffer.from("K")]),
    expected: [
      [2, "1|A"],
      [3, "character_unreadable"],
    ],
    encoding: "utf-16le",
  },
  {
    name: "byte order mark of UTF-32",
    bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x49, 0, 0, 0]),
    expected: "encoding_unsupported",
  },
  {
    name: "Windows-1252 with a euro sign and umlauts",
    bytes: latin(lines(HEAD, row("1", "plain"), row("2", "M\xfcller \x80 5"))),
    expected: [
      [2, "1|plain"],
      [3, "2|Müller € 5"],
    ],
    encoding: "windows-1252",
  },
  {
    name: "Windows-1252 whose last byte is not ASCII",
    bytes: latin(`${HEAD}\n${OWN_ID};1;A;${OWN_ID}\n${OWN_ID};2;B;\xe4`),
    expected: [
      [2, "1|A"],
      [3, "integration_id_check_foreign"],
    ],
    encoding: "windows-1252",
  },
  {
    name: "one byte of Windows-1252 in a file of UTF-8",
    bytes: Buffer.concat([
      Buffer.from(lines(HEAD, row("1", "Ünal"))),
      latin(lines(row("2", "M\xfcller"))),
      Buffer.from(lines(row("3", "Öst"))),
    ]),
    expected: [
      [2, "1|Ünal"],
      [3, "character_unreadable"],
      [4, "3|Öst"],
    ],
    encoding: "utf-8",
  },
  {
    name: "character that an earlier conversion destroyed",
    bytes: lines(HEAD, row("1", "M\ufffdller"), row("2", "B")),
    expected: [
      [2, "character_unreadable"],
      [3, "2|B"],
    ],
  },
  {
    name: "NUL in a value",
    bytes: lines(HEAD, row("1", "A\0B"), row("2", "B")),
    expected: [
      [2, "character_forbidden"],
      [3, "2|B"],
    ],
  },
  {
    name: "XLSX under the name of a CSV",
    bytes: Buffer.from([0x50, 0x4b, 3, 4, 20, 0]),
    expected: "not_csv",
  },
  {
    name: "XLS under the name of a CSV",
    bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
    expected: "not_csv",
  },
  { name: "PDF under the name of a CSV", bytes: "%PDF-1.7\n", expected: "not_csv" },
  { name: "XML under the name of a CSV", bytes: '<?xml version="1.0"?>\n<Companies/>', expected: "not_csv" },
  { name: "JSON under the name of a CSV", bytes: '{"Company": []}\n', expected: "not_csv" },
  {
    name: "comma as delimiter beside decimals with a comma",
    bytes: lines("IntegrationID,CompUserKey01,Name,IntegrationIDCheck", `${OWN_ID},1,"83,5",${OWN_ID}`),
    expected: [[2, "1|83,5"]],
  },
  {
    name: "semicolon as delimiter in rows full of commas",
    bytes: lines(HEAD, row("1", "a,b,c,d,e,f,g,h")),
    expected: [[2, "1|a,b,c,d,e,f,g,h"]],
  },
  {
    name: "tab as delimiter and semicolons in values",
    bytes: lines(HEAD.replaceAll(";", "\t"), row("1", "A").replaceAll(";", "\t").replace("A", "a;b")),
    expected: [[2, "1|a;b"]],
  },
  {
    name: "delimiter that is none",
    bytes: lines(HEAD.replaceAll(";", "^"), row("1", "A").replaceAll(";", "^")),
    expected: "delimiter_unknown",
  },
  {
    name: "header in quotes, its names in another case",
    bytes: lines('"integrationid";"CompUserKey01";"Name";"INTEGRATIONIDCHECK"', row("1", "A")),
    expected: [[2, "1|A"]],
  },
  {
    name: "line with which a spreadsheet names the delimiter",
    bytes: lines("sep=;", HEAD, row("1", "A")),
    expected: [[3, "1|A"]],
  },
  {
    name: "empty lines before the header",
    bytes: `\r\n\r\n${lines(HEAD, row("1", "A"))}`,
    expected: [[4, "1|A"]],
  },
  { name: "no header", bytes: lines(row("1", "A"), row("2", "B")), expected: "header_missing" },
  {
    name: "IntegrationID in the second column",
    bytes: lines(`Name;${HEAD}`),
    expected: "integration_id_missing",
  },
  {
    name: "IntegrationIDCheck in the last column but one",
    bytes: lines(`${HEAD};Name2`, row("1", "A")),
    expected: "integration_id_check_missing",
  },
  {
    name: "header of IntegrationID alone",
    bytes: lines("IntegrationID", OWN_ID),
    expected: "integration_id_check_missing",
  },
  {
    name: "column without a name between others",
    bytes: lines("IntegrationID;CompUserKey01;;IntegrationIDCheck", row("1", "A")),
    expected: "column_without_name",
  },
  {
    name: "column twice",
    bytes: lines("IntegrationID;Name;Name;IntegrationIDCheck", row("1", "A")),
    expected: "column_twice",
  },
  {
    name: "empty columns behind the last one, as a spreadsheet leaves them",
    bytes: lines(`${HEAD};;`, `${row("1", "A")};;`, row("2", "B")),
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "rows of delimiters below the data",
    bytes: lines(HEAD, row("1", "A"), ";;;", ";;;"),
    expected: [[2, "1|A"]],
    emptyLines: 2,
  },
  {
    name: "empty lines between rows",
    bytes: lines(HEAD, "", row("1", "A"), "", "   ", row("2", "B")),
    expected: [
      [3, "1|A"],
      [6, "2|B"],
    ],
    emptyLines: 3,
  },
  {
    name: "row cut at its end",
    bytes: `${lines(HEAD, row("1", "A"))}${OWN_ID};2;B`,
    expected: [
      [2, "1|A"],
      [3, "too_few_fields"],
    ],
  },
  {
    name: "last row without its line break",
    bytes: `${lines(HEAD, row("1", "A"))}${row("2", "B")}`,
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "delimiter inside a value without quotes",
    bytes: lines(HEAD, row("1", "A; B"), row("2", "B")),
    expected: [
      [2, "too_many_fields"],
      [3, "2|B"],
    ],
  },
  {
    name: "line break inside a value without quotes",
    bytes: lines(HEAD, `${OWN_ID};1;first`, `second;${OWN_ID}`, row("2", "B")),
    expected: [
      [2, "too_few_fields"],
      [3, "integration_id_foreign"],
      [4, "2|B"],
    ],
  },
  {
    name: "row of another customer",
    bytes: lines(HEAD, row("1", "A"), row("2", "B").replaceAll(OWN_ID, "K7-4712"), row("3", "C")),
    expected: [
      [2, "1|A"],
      [3, "integration_id_foreign"],
      [4, "3|C"],
    ],
  },
  {
    name: "end of one row on the beginning of another",
    bytes: lines(HEAD, `${OWN_ID};1;A;K7-4712`, row("2", "B")),
    expected: [
      [2, "integration_id_check_foreign"],
      [3, "2|B"],
    ],
  },
  {
    name: "line breaks and quotes inside quotes",
    bytes: lines(HEAD, `${OWN_ID};1;"Say ""hi"";\r\n2nd line";${OWN_ID}`, row("2", "B")),
    expected: [
      [2, '1|Say "hi";\r\n2nd line'],
      [4, "2|B"],
    ],
  },
  {
    name: "quote that is opened and never closed",
    bytes: lines(HEAD, row("1", "A"), row("2", '"B'), row("3", "C"), row("4", "D")),
    expected: [
      [2, "1|A"],
      [3, "open_quote"],
      [4, "3|C"],
      [5, "4|D"],
    ],
  },
  {
    name: "open quote over several lines before the next row in quotes",
    bytes: lines(HEAD, `${OWN_ID};1;"A`, "more", `"${OWN_ID}";"2";"B";"${OWN_ID}"`),
    expected: [
      [2, "open_quote"],
      [4, "2|B"],
    ],
  },
  {
    name: "open quote in the last row",
    bytes: lines(HEAD, row("1", "A"), row("2", '"B')),
    expected: [
      [2, "1|A"],
      [3, "open_quote"],
    ],
  },
  {
    name: "quote in the middle of a value, as inches have it",
    bytes: lines(HEAD, row("1", 'Pipe 5" long'), row("2", "B")),
    expected: [
      [2, '1|Pipe 5" long'],
      [3, "2|B"],
    ],
  },
  {
    name: "quotes that are not doubled inside quotes",
    bytes: lines(HEAD, row("1", '"The "best" one"'), row("2", "B")),
    expected: [
      [2, "text_after_quote"],
      [3, "2|B"],
    ],
  },
  {
    name: "blanks around quotes",
    bytes: lines(HEAD, row("1", ' "A;B" '), row("2", "B")),
    expected: [
      [2, "1|A;B"],
      [3, "2|B"],
    ],
  },
  {
    name: "line feeds alone",
    bytes: lines(HEAD, row("1", "A"), row("2", "B")).replaceAll("\r\n", "\n"),
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "carriage returns alone",
    bytes: lines(HEAD, row("1", "A"), row("2", '"B"')).replaceAll("\r\n", "\r"),
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "carriage returns doubled by a second conversion",
    bytes: lines(HEAD, row("1", "A"), row("2", "B")).replaceAll("\r\n", "\r\r\n"),
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "line breaks of two kinds",
    bytes: `${HEAD}\n${row("1", "A")}\r\n${row("2", "B")}\n`,
    expected: [
      [2, "1|A"],
      [3, "2|B"],
    ],
  },
  {
    name: "end mark of DOS",
    bytes: `${lines(HEAD, row("1", "A"))}\u001a`,
    expected: [[2, "1|A"]],
  },
  {
    name: "line of more than 1 MB",
    bytes: lines(HEAD, row("1", "x".repeat(1_100_000)), row("2", "B")),
    expected: [
      [2, "row_too_long"],
      [3, "2|B"],
    ],
  },
  {
    name: "more than 1,000 lines in quotes",
    bytes: lines(HEAD, row("1", `"${"x\n".repeat(1_000)}y"`), row("2", "B")),
    expected: [
      [2, "open_quote"],
      [1002, "integration_id_foreign"],
      [1003, "2|B"],
    ],
  },
  {
    name: "file of rejected rows, sent again with its two columns",
    bytes: lines(`${HEAD};Error;Fix`, `${row("1", "'=A1")};"Name: bad";Mend it`, row("2", "''-B")),
    expected: [
      [2, "1|=A1"],
      [3, "2|'-B"],
    ],
  },
  {
    name: "open quote without an envelope",
    bytes: lines("CompUserKey01,Name", '1,"A', "2,B"),
    options: { envelope: "optional", integrationId: null, knownColumns: ["CompUserKey01", "Name"] },
    expected: [
      [2, "open_quote"],
      [3, "2|B"],
    ],
  },
  {
    name: "header without an envelope, with more commas than delimiters",
    bytes: lines("CompUserKey01;Name;Note, old, unused, empty", "1;A;x", "2;B"),
    options: { envelope: "optional", integrationId: null, knownColumns: ["CompUserKey01", "Name"] },
    expected: [
      [2, "1|A"],
      [3, "too_few_fields"],
    ],
  },
];
