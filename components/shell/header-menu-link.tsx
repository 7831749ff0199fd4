"use client";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

/** A way to another page that closes the menu it is in: the header stays when the page changes. */
export function HeaderMenuLink({
  href,
  className,
  children,
}: {
  href: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <Popover.Close asChild>
      <Link href={href} className={className}>
        {children}
      </Link>
    </Popover.Close>
  );
}
