import { statfs } from "node:fs/promises";
import { ExplainedError } from "../process/explained-error";

const MEGABYTE = 1024 ** 2;

/** Throws in words when less than `neededMegabytes` are left where `directory` is. */
export async function requireDiskSpace(directory: string, neededMegabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const leftMegabytes = Math.floor((bavail * bsize) / MEGABYTE);
  if (leftMegabytes >= neededMegabytes) return;
  throw new ExplainedError(
    `The disk is nearly full: ${leftMegabytes} MB are left where ${directory} is, and Kytkin needs ${neededMegabytes} MB.\n` +
      "Make room, then start again; nothing was lost.",
  );
}
