import { z } from "zod";
import { readEmailAddress } from "./email-address";
import { cleanLine, cleanLines, isGarbled, lengthOf } from "./outside-text";

/** What a person or a partner writes in one line: cleaned; refused when it is empty or too long, since a cut would change what was meant. */
export const writtenLine = (longest: number) =>
  z
    .string()
    .transform(cleanLine)
    .refine((text) => text !== "", { error: "Write something that can be read" })
    .refine((text) => lengthOf(text) <= longest, { error: `Write at most ${longest} characters` });

/** The same for text of several lines. */
export const writtenLines = (longest: number) =>
  z
    .string()
    .transform(cleanLines)
    .refine((text) => text !== "", { error: "Write something that can be read" })
    .refine((text) => lengthOf(text) <= longest, { error: `Write at most ${longest} characters` });

/** The same from software: what holds control characters or half of a character was garbled on its way, and is refused. */
export const sentLines = (longest: number) =>
  z
    .string()
    .refine((text) => !isGarbled(text), {
      error: "Send text without control characters and halves of characters",
    })
    .pipe(writtenLines(longest));

/** Every e-mail address from outside, as it is stored, compared and mailed to. The issue's message is an `AddressProblem`. */
export const emailAddress = z.string().transform((text, context) => {
  const read = readEmailAddress(text);
  if ("address" in read) return read.address;
  context.addIssue({ code: "custom", message: read.problem });
  return z.NEVER;
});

/** An address within a stored text, which is kept letter by letter: nothing stands around it. */
export const bareEmailAddress = z.string().superRefine((text, context) => {
  const read = readEmailAddress(text);
  if ("address" in read && read.address === text.toLowerCase()) return;
  const message = "Write an e-mail address alone, such as name@company.example";
  context.addIssue({ code: "invalid_format", format: "email", message });
});
