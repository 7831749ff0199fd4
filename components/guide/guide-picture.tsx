import { classNames } from "@/components/ui/class-names";
import type { GuideToken } from "@/lib/catalogue/guide/schema";

type Props = { picture: Extract<GuideToken, { type: "image" }> };

/** A page of ours as the reader will see it, in light or dark as this page is; it opens in its full size. */
export function GuidePicture({ picture }: Props) {
  const { file, text } = picture;
  if (!file) return <em>{text}</em>;
  return (
    <a href={file.light} className="my-2 block rounded-lg">
      {(["light", "dark"] as const).map((look) => (
        // biome-ignore lint/performance/noImgElement: a picture of a document, already small and at a stable address
        <img
          key={look}
          src={file[look]}
          alt={text}
          {...file.size}
          loading="lazy"
          className={classNames(
            "h-auto w-full rounded-lg border border-line shadow-card",
            look === "light" ? "dark:hidden" : "hidden dark:block",
          )}
        />
      ))}
    </a>
  );
}
