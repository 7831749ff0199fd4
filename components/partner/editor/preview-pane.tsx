"use client";
import { ExternalLink, Monitor, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

const WIDTHS = { phone: 360, desktop: 1280 } as const;
export type Device = keyof typeof WIDTHS;
const ICONS = { phone: Smartphone, desktop: Monitor };
const HEIGHT = 760;

type Props = {
  /** The address of what customers see, in the language that is being written. */
  href: string;
  /** Of what the frame shows: another one has it read again. */
  revision: number;
  device: Device;
  onDevice: (device: Device) => void;
};

/** What a customer sees, in a window as wide as theirs, made smaller where it has no room. */
export function PreviewPane({ href, revision, device, onDevice }: Props) {
  const t = useTranslations("editor.preview");
  const [scale, setScale] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const room = box.current;
    if (!room) return;
    const measure = () => setScale(Math.min(1, room.clientWidth / WIDTHS[device]));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    return () => observer.disconnect();
  }, [device]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is the reason to read again
  useEffect(() => {
    frame.current?.contentWindow?.postMessage("kytkin:refresh", window.location.origin);
  }, [revision]);
  return (
    <section aria-label={t("label")} className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{t("title")}</h2>
        <div className="flex items-center gap-1">
          {(["phone", "desktop"] as const).map((one) => {
            const Icon = ICONS[one];
            return (
              <button
                key={one}
                type="button"
                aria-pressed={device === one}
                onClick={() => onDevice(one)}
                className="inline-flex min-h-8 items-center gap-1.5 rounded-lg px-2.5 text-sm text-ink-soft hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text pointer-coarse:min-h-11"
              >
                <Icon aria-hidden className="size-4" />
                {t(`widths.${one}`)}
              </button>
            );
          })}
          <a
            href={href}
            target="_blank"
            rel="noopener"
            className="inline-flex size-8 items-center justify-center rounded-lg text-ink-soft hover:bg-sunken pointer-coarse:size-11"
          >
            <ExternalLink aria-hidden className="size-4" />
            <VisuallyHidden>{t("open")}</VisuallyHidden>
          </a>
        </div>
      </div>
      <div
        ref={box}
        className="overflow-hidden rounded-xl border border-line bg-canvas shadow-card"
        style={{ height: HEIGHT }}
      >
        <iframe
          ref={frame}
          src={href}
          title={t("frame", { width: WIDTHS[device] })}
          className={`origin-top-left border-0 ${scale === 1 ? "mx-auto block" : ""}`}
          style={{ width: WIDTHS[device], height: HEIGHT / scale, transform: `scale(${scale})` }}
        />
      </div>
      <p className="text-xs text-ink-soft">{t("note")}</p>
    </section>
  );
}
