import { Html, html } from "./html";
import { style } from "./style";

/** A whole page: a banner that says what this server stands in for, a title, the content. */
export function page(options: { banner: string; title: string; content: Html; script?: string }): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title} – ${options.banner}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header><p>${options.banner}</p></header>
<main>
<h1>${options.title}</h1>
${options.content}
</main>
${options.script !== undefined && html`<script>${new Html(options.script)}</script>`}
</body>
</html>`;
}
