import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { pickBrowserMessages } from "@/lib/platform/i18n/browser-messages";
import { getMessages } from "@/lib/platform/i18n/messages";

/** The editor's words, which are too many for every page of the console. */
export default function EditLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="en" messages={pickBrowserMessages(getMessages("en"), "editor")}>
      {children}
    </NextIntlClientProvider>
  );
}
