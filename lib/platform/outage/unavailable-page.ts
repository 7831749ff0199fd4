import { createTranslator } from "next-intl";
import { isLocale, pickLocale } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "@/lib/platform/i18n/locale-cookie";
import { getMessages } from "@/lib/platform/i18n/messages";
import { siteLocaleOf } from "@/lib/platform/i18n/site-path";

const RETRY_AFTER_SECONDS = 5;

const STYLE = `
:root { color-scheme: light dark }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f8fafc, #0b1220); color: light-dark(#0f172a, #e2e8f0) }
main { max-width: 34rem; margin: 12vh auto 0; padding: 1.5rem; overflow-wrap: break-word }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem }
p { margin: 0 0 1.5rem }
.portal { font-weight: 700 }
a { display: inline-block; padding: .625rem 1rem; border-radius: .5rem; font-weight: 600; text-decoration: none;
  background: light-dark(#0f172a, #e2e8f0); color: light-dark(#ffffff, #0b1220) }
a:focus-visible { outline: 3px solid light-dark(#2563eb, #93c5fd); outline-offset: 2px }`;

/**
 * The portal while its database is away: a page of its own, made of nothing but words, since every other one reads rows. 503, so
 * that nobody takes it for the page that was asked for; it loads again by itself.
 */
export function unavailablePage(
  path: string,
  headers: Pick<Headers, "get">,
  cookies: { get(name: string): { value: string } | undefined },
): Response {
  const chosen = siteLocaleOf(path) ?? cookies.get(localeCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
  const locale = isLocale(chosen) ? chosen : pickLocale(headers.get("accept-language"));
  const messages = getMessages(locale);
  const t = createTranslator({ locale, messages, namespace: "errors.database_away" });
  const again = createTranslator({ locale, messages, namespace: "ui" })("tryAgain");
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const html = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="/icon.svg">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<title>${t("title")} – Kytkin</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main role="alert"><p class="portal">Kytkin</p><h1>${t("title")}</h1><p>${t("whatToDo")}</p><a href="">${again}</a></main></body>
</html>
`;
  return new Response(html, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": locale,
      "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'`,
      "Retry-After": String(RETRY_AFTER_SECONDS),
      "Cache-Control": "no-store",
    },
  });
}
