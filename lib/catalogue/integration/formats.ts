import { spellingsOf } from "@/lib/core/organization-number";

/** What an answer to a partner's form has to be. Named, since a regular expression of somebody else's can block the process. */
export const FORM_FORMATS = ["business_id", "phone", "whole_number", "web_address", "iban"] as const;
export type FormFormat = (typeof FORM_FORMATS)[number];

/** The answer to a field of the type `accept` that was ticked. */
export const ACCEPTED = "accepted";

/** Organization numbers of four Nordic countries have eight, nine or ten digits. */
const BUSINESS_ID = /^\d{8,10}$/;

const MATCHES: Readonly<Record<FormFormat, (answer: string) => boolean>> = {
  business_id: (answer) => spellingsOf(answer).some((spelling) => BUSINESS_ID.test(spelling)),
  phone: (answer) => /^\+?\d[\d ().-]{3,28}\d$/.test(answer),
  whole_number: (answer) => /^-?\d{1,15}$/.test(answer),
  web_address: (answer) => URL.canParse(answer) && /^https?:$/.test(new URL(answer).protocol),
  iban: isIban,
};

export function matchesFormat(format: FormFormat, answer: string): boolean {
  return MATCHES[format](answer);
}

/** ISO 13616: letters count as 10 to 35, and the number leaves 1 when it is divided by 97. */
function isIban(answer: string): boolean {
  const compact = answer.replaceAll(" ", "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false;
  const digits = `${compact.slice(4)}${compact.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
