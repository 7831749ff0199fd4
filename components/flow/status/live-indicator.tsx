import { CircleCheck, LogIn, RadioTower, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import type { FeedState } from "./request-feed";

const LOOKS = {
  live: { tone: "success", icon: RadioTower },
  polling: { tone: "neutral", icon: RefreshCw },
  reconnecting: { tone: "warning", icon: RefreshCw },
  signed_out: { tone: "warning", icon: LogIn },
  ended: { tone: "neutral", icon: CircleCheck },
} as const;

/** Whether what is shown is fresh. Before the browser has connected it says that it is connecting. */
export function LiveIndicator({ feed }: { feed: FeedState | null }) {
  const t = useTranslations("status.feed");
  const state = feed ?? "reconnecting";
  const { tone, icon } = LOOKS[state];
  return (
    <StatusPill tone={feed === null ? "neutral" : tone} icon={icon}>
      {t(feed ?? "connecting")}
    </StatusPill>
  );
}
