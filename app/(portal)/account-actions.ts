"use server";
import { eq } from "drizzle-orm";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { users } from "@/db/schema";
import { isLocale } from "@/lib/core/locales";
import { signOut, signOutEverywhere } from "@/lib/people/auth/sign-out";
import { findViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { LOCALE_COOKIE } from "@/lib/platform/i18n/locale-cookie";
import { inScope } from "@/lib/platform/web-database";

const YEAR_SECONDS = 365 * 24 * 3600;

export async function leave(): Promise<void> {
  await signOut();
  redirect("/");
}

export async function leaveEverywhere(): Promise<void> {
  await signOutEverywhere();
  redirect("/");
}

/** Keeps the chosen language: in the browser, and for mails with the person. */
export async function setLocale(data: FormData): Promise<void> {
  const locale = data.get("locale");
  if (!isLocale(locale)) return;
  const secure = getWebEnv().KYTKIN_PUBLIC_URL.startsWith("https:");
  (await cookies()).set(LOCALE_COOKIE, locale, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge: YEAR_SECONDS,
  });
  const viewer = await findViewer();
  if (viewer) {
    await inScope({ kind: "customer", accountId: viewer.accountId, userId: viewer.userId }, (tx) =>
      tx.update(users).set({ locale }).where(eq(users.id, viewer.userId)),
    );
  }
  revalidatePath("/", "layout");
}
