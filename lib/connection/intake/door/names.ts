import { cleanLine } from "@/lib/core/outside-text";
import { RESULT_FOLDERS, type ResultFolder, UPLOAD_FOLDERS, type UploadFolder } from "../schema";

export type Folder = UploadFolder | ResultFolder;
const FOLDERS: readonly Folder[] = [...UPLOAD_FOLDERS, ...RESULT_FOLDERS];
/** The folders that stand in the root. */
export const SUBFOLDERS: readonly Folder[] = FOLDERS.filter((folder) => folder !== "root");

const LONGEST_PATH = 1_024;
const LONGEST_NAME_BYTES = 200;

/** What a client's path means: one of the account's folders or a file in one. Nothing else exists. */
export type Place = { folder: Folder; name: null } | { folder: Folder; name: string };

/**
 * Reads a path as the account's own tree: `.` and `..` are resolved in the text and never lead above `/`. Null for what cannot
 * exist there: another folder, a file below a file, a name with a backslash or with characters that hide.
 */
export function readPath(path: string): Place | null {
  if (path.length > LONGEST_PATH || path.includes("\\") || path.includes("\0")) return null;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  const [first, second, ...deeper] = parts;
  if (first === undefined) return { folder: "root", name: null };
  if (deeper.length > 0) return null;
  const folder = SUBFOLDERS.find((known) => known.toLowerCase() === first.toLowerCase());
  if (!folder) return second === undefined && isName(first) ? { folder: "root", name: first } : null;
  if (second === undefined) return { folder, name: null };
  return isName(second) ? { folder, name: second } : null;
}

const isName = (name: string): boolean =>
  cleanLine(name) === name && Buffer.byteLength(name) <= LONGEST_NAME_BYTES;

export function pathOf({ folder, name }: Place): string {
  const start = folder === "root" ? "" : `/${folder}`;
  return name === null ? start || "/" : `${start}/${name}`;
}

/** Clients upload under such names and rename when everything is there: WinSCP, FileZilla, rsync-like scripts. */
export const isTemporaryName = (name: string): boolean =>
  name.startsWith(".") || /\.(?:filepart|part|tmp|temp|uploading)$/i.test(name);

export const isUploadFolder = (folder: Folder): folder is UploadFolder =>
  UPLOAD_FOLDERS.some((known) => known === folder);
