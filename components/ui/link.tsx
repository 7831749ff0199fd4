import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the portal. Nothing is fetched ahead: every page is made for its reader at the moment that it is opened, so
 * that what Next would fetch for each link in sight is of no use, and costs a request with a look at the session each.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
