import { Alert } from "@/components/ui/alert";
import { useVendorWords } from "../use-vendor-words";

type Props = { names: readonly string[]; connectorId: string; connectorName: string };

/** Companies that were consented to and that cannot be offered, so that nobody looks for them in vain. */
export function WithoutKey({ names, connectorId, connectorName }: Props) {
  const words = useVendorWords(connectorId, "environments");
  if (names.length === 0) return null;
  const values = { connector: connectorName, count: names.length };
  return (
    <Alert tone="warning" role="note" title={words("withoutKey.title", values)}>
      <ul className="list-disc pt-0.5 pb-1.5 pl-5">
        {[...new Set(names)].map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <p>{words("withoutKey.whatToDo", values)}</p>
    </Alert>
  );
}
