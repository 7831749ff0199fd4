import type { APIResponse, Locator, Page, Request } from "@playwright/test";
import { demo } from "../../support/demo";

type Fields = Record<string, string | string[]>;

/**
 * What a form of a freshly loaded page would send, with other values where `changes` names them: an attacker needs no
 * browser's consent for that.
 */
export async function forgeForm(form: Locator, changes: Fields = {}): Promise<FormData> {
  const entries = await form.evaluate((element) =>
    element instanceof HTMLFormElement
      ? [...new FormData(element)].map(([name, value]) => [name, String(value)] as const)
      : [],
  );
  // Without these the server would not know which action is meant, and no attack would reach it.
  if (!entries.some(([name]) => name.startsWith("$ACTION")))
    throw new Error("the form calls no server action: load its page anew first");
  const forged = new FormData();
  for (const [name, value] of entries) if (!(name in changes)) forged.append(name, value);
  for (const [name, values] of Object.entries(changes))
    for (const value of [values].flat()) forged.append(name, value);
  return forged;
}

/** Posts a forged form to the page it is on, with that browser's cookies. `origin` says which site it comes from. */
export function postForm(
  page: Page,
  fields: FormData,
  origin = new URL(demo().portalUrl).origin,
): Promise<APIResponse> {
  return page.request.post(page.url(), { multipart: fields, headers: { origin }, maxRedirects: 0 });
}

/** From now on, calls of server actions say `forged` wherever the page says `own`. */
export async function forgeActions(page: Page, own: string, forged: string): Promise<void> {
  const isAction = (request: Request) => request.method() === "POST" && "next-action" in request.headers();
  await page.route("**/*", async (route) => {
    const request = route.request();
    if (!isAction(request)) return route.fallback();
    const body = request.postData() ?? "";
    if (!body.includes(own)) throw new Error("the call does not say what was to be forged");
    await route.continue({ postData: body.replaceAll(own, forged) });
  });
}
