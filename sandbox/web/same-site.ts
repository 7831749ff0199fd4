import { HttpError } from "./http-error";
import type { Handler } from "./router";

/** Another site's page must not press these buttons in the browser of whoever tries the product. */
export function sameSite(handle: Handler): Handler {
  return (exchange) => {
    const site = exchange.request.headers["sec-fetch-site"];
    if (site === "cross-site" || site === "same-site")
      throw new HttpError(403, { error: "not from another site" });
    return handle(exchange);
  };
}
