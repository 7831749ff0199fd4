import { escapeHtml } from "./escape-html";

/*
 * Mail programs know little: tables for the frame, styles in the tags, and one style sheet for those that read it, for
 * dark mode. Nothing is loaded from anywhere. The colours are those of the portal.
 */

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const STYLE_SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background: #0e1013 !important; }
  .card { background: #16191e !important; border-color: #2b3038 !important; }
  .ink { color: #eceef2 !important; }
  .soft { color: #a5adba !important; }
  .code { background: #1e2228 !important; border-color: #2b3038 !important; }
  .link { color: #a3b5ff !important; }
}`;

export function heading(text: string): string {
  return `<h1 class="ink" style="margin:0 0 12px;${FONT};font-size:22px;line-height:28px;font-weight:600;color:#14171c">${escapeHtml(text)}</h1>`;
}

export function paragraph(text: string, tone: "ink" | "soft" = "ink"): string {
  const [color, size] = tone === "ink" ? ["#14171c", "16px"] : ["#535a66", "14px"];
  return `<p class="${tone}" style="margin:0 0 16px;${FONT};font-size:${size};line-height:1.5;color:${color}">${escapeHtml(text)}</p>`;
}

export function button(label: string, url: string): string {
  const style = `display:inline-block;padding:12px 24px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px"><tr><td bgcolor="#3151d3" style="border-radius:8px;background:#3151d3"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></td></tr></table>`;
}

/** An address to copy, for programs that do not show buttons. */
export function plainLink(url: string): string {
  const text = escapeHtml(url);
  return `<p style="margin:0 0 16px;${FONT};font-size:14px;line-height:1.5;word-break:break-all"><a class="link" href="${text}" style="color:#2743b4">${text}</a></p>`;
}

/** Characters to type over, large and apart. */
export function codeBlock(code: string): string {
  const style = `margin:0 0 16px;padding:14px 0;${FONT};font-size:28px;line-height:36px;font-weight:600;letter-spacing:6px;text-align:center;color:#14171c;background:#eff1f4;border:1px solid #e1e4e9;border-radius:8px`;
  return `<p class="ink code" style="${style}">${escapeHtml(code)}</p>`;
}

/** Pairs of a name and what is said of it, one below the other. */
export function itemList(items: readonly (readonly [string, string])[]): string {
  const rows = items.map(
    ([name, said]) =>
      `<tr><td class="ink" style="padding:10px 0;border-top:1px solid #e1e4e9;${FONT};font-size:15px;line-height:1.4;color:#14171c">${escapeHtml(name)}<br><span class="soft" style="font-size:14px;color:#535a66">${escapeHtml(said)}</span></td></tr>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px">${rows.join("")}</table>`;
}

type Frame = {
  locale: string;
  subject: string;
  /** What mail programs show beside the subject in the list. */
  preheader: string;
  /** HTML from the functions above. */
  content: string[];
  footer: string;
};

/** A whole mail in HTML. */
export function mailDocument({ locale, subject, preheader, content, footer }: Frame): string {
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${STYLE_SHEET}
</style>
</head>
<body class="canvas" style="margin:0;padding:0;background:#f6f7f9">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>
<table role="presentation" class="canvas" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f7f9">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px;background:#ffffff;border:1px solid #e1e4e9;border-radius:12px">
<tr><td style="padding:32px 28px 16px;text-align:left">
${content.join("\n")}
</td></tr>
</table>
<p class="soft" style="margin:16px 0 0;${FONT};font-size:13px;line-height:1.5;color:#535a66">${escapeHtml(footer)}</p>
</td></tr>
</table>
</body>
</html>
`;
}
