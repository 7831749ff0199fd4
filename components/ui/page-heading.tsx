import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  children?: ReactNode;
  /** What the page is opened for, beside its title: a button, or that it is live. */
  aside?: ReactNode;
};

/** The page's one h1 and what it is about. */
export function PageHeading({ title, children, aside }: Props) {
  const heading = (
    <div className="grid max-w-2xl gap-2">
      <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-[1.75rem] sm:leading-9">
        {title}
      </h1>
      {children && <div className="text-ink-soft">{children}</div>}
    </div>
  );
  if (!aside) return heading;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex-1 basis-72">{heading}</div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{aside}</div>
    </div>
  );
}
