import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StyleNonce } from "@/components/ui/style-nonce";
import { pickBrowserMessages } from "@/lib/platform/i18n/browser-messages";

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
  return (
    <html lang={await getLocale()}>
      <body>
        <NextIntlClientProvider messages={pickBrowserMessages(await getMessages())}>
          <StyleNonce nonce={(await headers()).get("x-nonce") ?? ""} />
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
