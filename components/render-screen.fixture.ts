import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import { createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Locale } from "@/lib/core/locales";
import { getMessages } from "@/lib/platform/i18n/messages";
import { type FormState, IDLE_FORM } from "./ui/form-state";

const goNowhere = () => {};
const router = {
  back: goNowhere,
  forward: goNowhere,
  refresh: goNowhere,
  push: goNowhere,
  replace: goNowhere,
  prefetch: goNowhere,
  hmrRefresh: goNowhere,
  bfcacheId: "test",
};

/** An action for a form that nobody sends. */
export const answer = async (): Promise<FormState> => IDLE_FORM;

/** Renders as the server does; a message that is missing or lacks a value fails the test. */
export function render(screen: ReactNode, locale: Locale = "en"): string {
  const onError = (error: Error) => {
    throw error;
  };
  const now = new Date("2026-03-02T08:30:00Z");
  const messages = getMessages(locale);
  const intl = { locale, messages, timeZone: "UTC", now, onError, children: screen };
  return renderToStaticMarkup(
    h(AppRouterContext.Provider, { value: router }, h(NextIntlClientProvider, intl)),
  );
}
