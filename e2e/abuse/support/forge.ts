import type { APIResponse, Locator, Page, Request } from "@playwright/test";

/** Changes what a form sends along, as anybody can in the browser's own tools. A field that is not there is added. */
export async function forge(form: Locator, fields: Record<string, string>): Promise<void> {
  await form.evaluate((element, wanted) => {
    for (const [name, value] of Object.entries(wanted)) {
      const inputs = [...element.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
      for (const input of inputs) input.value = value;
      if (inputs.length > 0) continue;
      const added = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      element.append(added);
    }
  }, fields);
}

/** The call of a server action that `trigger` makes, caught before it leaves the browser. */
export async function catchAction(page: Page, trigger: () => Promise<unknown>): Promise<Request> {
  const { promise, resolve } = Promise.withResolvers<Request>();
  await page.route("**/*", async (route) => {
    const request = route.request();
    if (request.method() !== "POST" || !request.headers()["next-action"]) return route.fallback();
    resolve(request);
    await route.abort();
  });
  await trigger();
  const caught = await promise;
  await page.unroute("**/*");
  return caught;
}

/** Sends a caught call with the cookies of `page`, and with other headers where they are given. */
export function replay(page: Page, caught: Request, headers: Record<string, string> = {}): Promise<APIResponse> {
  return page.request.post(caught.url(), {
    data: caught.postDataBuffer() ?? Buffer.alloc(0),
    headers: { ...caught.headers(), ...headers },
    maxRedirects: 0,
  });
}
