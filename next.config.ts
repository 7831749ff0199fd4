import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

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
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of the whole project; the first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "pino", "nodemailer"],
  headers: async () => [
    { source: "/(.*)", headers: SECURITY_HEADERS },
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
