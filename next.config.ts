import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/platform/i18n/request.ts");

/** The content security policy needs a nonce for each page; see proxy.ts. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  // iOS asks for this name of its own accord, next to the one that pages name.
  rewrites: async () => [
    { source: "/apple-touch-icon-precomposed.png", destination: "/apple-touch-icon.png" },
    { source: "/.well-known/kytkin-keys.json", destination: "/api/evidence-keys" },
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of the whole project; the first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "pino", "nodemailer"],
  headers: async () => [
    { source: "/(.*)", headers: SECURITY_HEADERS },
    // Framed by the editor of specifications, and by no other site.
    { source: "/preview/:path*", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    // Their names stay the same when the mark changes: a day old is new enough.
    ...[
      "/favicon.ico",
      "/icon.svg",
      "/icon-192.png",
      "/icon-512.png",
      "/apple-touch-icon.png",
      "/manifest.webmanifest",
      "/kytkin-verify.mjs",
    ].map((source) => ({ source, headers: [{ key: "Cache-Control", value: "public, max-age=86400" }] })),
    // Tokens stand in these addresses. `no-referrer` would make browsers send forms with `Origin: null`, which server
    // actions refuse; `strict-origin` keeps path and query away from everybody too.
    ...["/sign-in/:path*", "/connect/:path*", "/a/:path*"].map((source) => ({
      source,
      headers: [{ key: "Referrer-Policy", value: "strict-origin" }],
    })),
    // These only lead elsewhere and hold no form. What is said here wins over what their handlers would say.
    ...[
      "/connect/:slug/return",
      "/requests/:id/partner-page",
      "/join/open",
      "/join/partner/open",
      "/account/email/open",
    ].map((source) => ({
      source,
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    })),
  ],
};

export default withNextIntl(config);
