import { formatMoment, type Zone } from '../format/dates';

export interface MomentProps {
  /** Null is a time that is not known, of which nothing is shown. */
  readonly at: Date | null;
  readonly zone?: Zone;
  readonly className?: string | undefined;
}

/** When something happened: the time while it is today, the day otherwise. */
export function Moment({ at, zone = 'local', className }: MomentProps) {
  if (at === null) return null;
  return (
    <time className={className} dateTime={at.toISOString()}>
      {formatMoment(at, zone)}
    </time>
  );
}
