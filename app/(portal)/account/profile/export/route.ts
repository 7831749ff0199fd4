import { isAppError } from "@/lib/core/app-error";
import { findViewer } from "@/lib/people/auth/viewer";
import { exportData } from "@/lib/people/profile/export-data";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { webDatabase } from "@/lib/platform/web-database";
import { asCustomer } from "../../../as-customer";

/** It reads everything of a person at once: often enough for everybody who wants their data. */
const EXPORT_LIMIT = { name: "person.export", max: 10, windowSeconds: 3600 };
const NO_STORE = { "Cache-Control": "no-store" };

/** The person's data as one JSON file. It changes nothing, so a link may lead here. */
export async function GET(): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) {
    const Location = `/sign-in?${new URLSearchParams({ callbackUrl: "/account/profile" })}`;
    return new Response(null, { status: 303, headers: { Location, ...NO_STORE } });
  }
  try {
    await asCustomer(viewer, (tx) => takeRateLimit(tx, { ...EXPORT_LIMIT, subject: viewer.userId }));
  } catch (error) {
    if (isAppError(error)) return new Response(null, { status: error.status, headers: NO_STORE });
    throw error;
  }
  const data = await exportData(webDatabase(), viewer);
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="kytkin-${data.exportedAt.slice(0, 10)}.json"`,
      ...NO_STORE,
    },
  });
}
