/** A failure that the person at the terminal can act on: its message is complete words, and it is shown without a stack. */
export class ExplainedError extends Error {
  override readonly name = "ExplainedError";
}

/** What the system says about the disk, and what to do about it. */
const DISK_WORDS: Record<string, string> = {
  EROFS: "the disk is read-only. Make it writable, or set KYTKIN_HOME to a folder on another disk",
  ENOSPC: "the disk is full. Make room, then try again; nothing was lost",
  EDQUOT: "the disk quota is used up. Make room, then try again; nothing was lost",
  EACCES: "this user may not do that there. Look at the folder's owner and rights",
  EPERM: "this user may not do that there. Look at the folder's owner and rights",
  EIO: "the disk does not answer properly. Look at the system's log before anything else is written to it",
  EMFILE: "too many files are open. Raise the limit (`ulimit -n`), then try again",
};

/** The words for a system's refusal to read or write a file; null for any other failure. */
function describeDiskTrouble(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : DISK_WORDS[code];
  if (words === undefined || path === undefined) return null;
  return `${path} cannot be used (${syscall ?? "file"}, ${code}): ${words}.`;
}

/** What to print for any failure: the words of an explained one, everything we know of any other. */
export function describeFailure(error: unknown): string {
  if (error instanceof ExplainedError) return error.message;
  const words = describeDiskTrouble(error);
  if (words !== null) return words;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
