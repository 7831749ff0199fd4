import { z } from "zod";
import { cleanLine, readLine } from "@/lib/core/outside-text";

/** Longer than any name that a form of a vendor takes; as much as is kept of a message. */
const LONGEST = 500;

/**
 * Text that a vendor says, in one line, cleaned and cut; null when there is none. A value of another type is none either:
 * one odd name must not cost the answer that it stands in.
 */
export const vendorText = z
  .unknown()
  .optional()
  .transform((value) => readLine(typeof value === "number" ? String(value) : value, LONGEST));

/** Names in a list; what is no text is left out. */
export const vendorNames = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : []).flatMap((name) =>
      typeof name === "string" ? [cleanLine(name)].filter(Boolean) : [],
    ),
  );

/** An address as it came: whoever writes to it checks it as it is, since a cleaned one would be another address. */
export const vendorAddress = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null));

/** A vendor's id of something: it goes into rows and paths of addresses. */
export const vendorId = z
  .union([z.string().regex(/^[\x21-\x7e]{1,100}$/), z.number().int()])
  .transform(String);
