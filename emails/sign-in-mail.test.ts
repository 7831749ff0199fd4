import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import messages from "@/messages/en/mail.json";
import { renderSignInMail } from "./sign-in-mail";

const words = createTranslator({ locale: "en", messages, namespace: "mail.signIn" });
const mail = {
  locale: "en",
  words,
  email: "aino@example.com",
  link: "https://portal.example/sign-in/link?token=abc&x=1",
  code: "001234",
  linkMinutes: 15,
  codeMinutes: 10,
};

test("both forms say who, how long, and what to do when it was not you", () => {
  const { text, html, subject } = renderSignInMail(mail);
  expect(subject).toBe(messages.mail.signIn.subject);
  for (const body of [text, html]) {
    expect(body).toContain("aino@example.com");
    expect(body).toContain("15 minutes, the code for 10");
    expect(body).toContain("001 234");
    expect(body).toContain(messages.mail.signIn.ignore);
    expect(body).toContain("portal.example");
  }
});

test("the subject gives nothing away on a locked screen", () => {
  expect(renderSignInMail(mail).subject).not.toMatch(/\d|@/);
});

test("values are escaped in HTML and left alone in text", () => {
  const { text, html } = renderSignInMail({ ...mail, email: `"<img src=x onerror='a'>"@example.com` });
  expect(html).not.toContain("<img");
  expect(html).toContain("&quot;&lt;img src=x onerror=&#39;a&#39;&gt;&quot;@example.com");
  expect(html).toContain('href="https://portal.example/sign-in/link?token=abc&amp;x=1"');
  expect(text).toContain("token=abc&x=1");
});

test("the HTML names its language and can be read in the dark", () => {
  const { html } = renderSignInMail({ ...mail, locale: "fi" });
  expect(html).toContain('<html lang="fi">');
  expect(html).toContain("prefers-color-scheme: dark");
  expect(html).not.toMatch(/<img|<script|@import|url\(/);
});
