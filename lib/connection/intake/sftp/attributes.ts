import type { Attributes, FileEntry } from "ssh2";
import type { Entry } from "../door/files";

const DIRECTORY = 0o040750;
const FILE = 0o100640;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

export function attributesOfFile({ sizeBytes, modifiedAt }: Omit<Entry, "name">): Attributes {
  const time = seconds(modifiedAt);
  return { mode: FILE, uid: 1000, gid: 1000, size: sizeBytes, atime: time, mtime: time };
}

export function attributesOfFolder(now = new Date()): Attributes {
  const time = seconds(now);
  return { mode: DIRECTORY, uid: 1000, gid: 1000, size: 0, atime: time, mtime: time };
}

/** A line as `ls -l` prints it: clients show it, and some read the size from it. */
function describeEntry(name: string, attrs: Attributes): string {
  const date = new Date((attrs.mtime ?? 0) * 1000);
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const mode = (attrs.mode ?? 0) >= FILE ? "-rw-r-----" : "drwxr-x---";
  return `${mode}    1 kytkin   kytkin   ${String(attrs.size).padStart(12)} ${day}  ${date.getUTCFullYear()} ${name}`;
}

export const entryOf = (name: string, attrs: Attributes): FileEntry => ({
  filename: name,
  longname: describeEntry(name, attrs),
  attrs,
});
