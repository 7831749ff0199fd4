import { hostCookieName } from "@/lib/core/cookies";

/** Holds the language that was chosen in this browser. */
export function localeCookieName(publicUrl: string): string {
  return hostCookieName("kytkin_locale", publicUrl);
}
