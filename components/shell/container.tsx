import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

const WIDTHS = { narrow: "max-w-md", page: "max-w-5xl" };

/** The width of a page and its margins. */
export function Container({ width = "page", className, children }: ContainerProps) {
  return (
    <div className={classNames("mx-auto w-full px-4 sm:px-6", WIDTHS[width], className)}>{children}</div>
  );
}

type ContainerProps = { width?: keyof typeof WIDTHS; className?: string; children: ReactNode };

export const MAIN_ID = "main";

type MainProps = ContainerProps & {
  /** Without a width and margins of its own, inside a layout that has them. */
  isBare?: boolean;
};

/** The page's main landmark, where the skip link leads. */
export function Main({ width, className, isBare = false, children }: MainProps) {
  return (
    <main id={MAIN_ID} tabIndex={-1} className="min-w-0 flex-1">
      {isBare ? (
        children
      ) : (
        <Container width={width} className={classNames("py-8 sm:py-10", className)}>
          {children}
        </Container>
      )}
    </main>
  );
}
