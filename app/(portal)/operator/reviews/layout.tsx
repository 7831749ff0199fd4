import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { pickBrowserMessages } from "@/lib/platform/i18n/browser-messages";
import { getMessages } from "@/lib/platform/i18n/messages";

/** In English, whatever the language of the header. */
export default function ReviewsLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="en" messages={pickBrowserMessages(getMessages("en"), "operator")}>
      <div lang="en">{children}</div>
    </NextIntlClientProvider>
  );
}
