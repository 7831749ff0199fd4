import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { type PageFolder, pickBrowserMessages } from "@/lib/platform/i18n/browser-messages";

type Props = { of?: PageFolder; children: ReactNode };

/** Takes the words along to the browser that the components of a folder of pages say there. */
export async function Words({ of, children }: Props) {
  return (
    <NextIntlClientProvider messages={pickBrowserMessages(await getMessages(), of)}>
      {children}
    </NextIntlClientProvider>
  );
}
