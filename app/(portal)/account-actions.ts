"use server";
import { eq } from "drizzle-orm";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { users } from "@/db/schema";
import { cookieOptions } from "@/lib/core/cookies";
import { isLocale } from "@/lib/core/locales";
import { memberScope } from "@/lib/people/account/scope-of";
import { signOut, signOutEverywhere } from "@/lib/people/auth/sign-out";
import { findViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "@/lib/platform/i18n/locale-cookie";
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
  const { KYTKIN_PUBLIC_URL: publicUrl } = getWebEnv();
  (await cookies()).set(
    localeCookieName(publicUrl),
    locale,
    cookieOptions(publicUrl, { maxAge: YEAR_SECONDS }),
  );
  const viewer = await findViewer();
  if (viewer) {
    await inScope(memberScope(viewer), (tx) =>
      tx.update(users).set({ locale }).where(eq(users.id, viewer.userId)),
    );
  }
  revalidatePath("/", "layout");
}
