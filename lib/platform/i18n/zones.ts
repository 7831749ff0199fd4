/** Where the browser writes its own time zone, for the server's next pages. Over https the prefix keeps neighbours out. */
export const timeZoneCookieName = (isHttps: boolean): string =>
  isHttps ? "__Host-kytkin_zone" : "kytkin_zone";

/** What the cookie says, when it is a zone that Intl knows; the text is the browser's. */
export function readTimeZone(value: string | undefined): string | null {
  if (value === undefined || !/^[\w+\-/]{1,64}$/.test(value)) return null;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    // As the browser names it: an Intl of another age knows some zones by an older name.
    return value;
  } catch {
    return null;
  }
}
