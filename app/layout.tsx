import "./globals.css";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { RememberTimeZone } from "@/components/ui/remember-time-zone";
import { StyleNonce } from "@/components/ui/style-nonce";
import { getReaderTimeZone } from "@/lib/platform/i18n/reader-locale";
import { siteLocaleOf } from "@/lib/platform/i18n/site-path";
import { Words } from "./words";

/** The part of Inter that our languages are written in, asked for with the page and not with its styles. */
const latin = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--font-latin",
  adjustFontFallback: false,
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site.meta");
  return {
    title: { default: t("title"), template: t("titleTemplate") },
    description: t("description"),
    manifest: "/manifest.webmanifest",
    icons: {
      icon: [
        { url: "/favicon.ico", sizes: "48x48" },
        { url: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      ],
      apple: "/apple-touch-icon.png",
    },
  };
}

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

// A nonce in every page's content security policy: nothing is prerendered for now.
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  // No cookie is set by a page for everybody.
  const isOfReader = siteLocaleOf((await headers()).get("x-kytkin-path")) === null;
  return (
    <html lang={await getLocale()} className={latin.variable}>
      <body>
        <Words>
          {isOfReader && <RememberTimeZone known={await getReaderTimeZone()} />}
          <StyleNonce nonce={(await headers()).get("x-nonce") ?? ""} />
          {children}
        </Words>
      </body>
    </html>
  );
}
