import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

import styles from './popover.module.css';

export interface PopoverProps {
  /** What the panel is called. */
  readonly name: string;
  /** Its name for programs. */
  readonly popover: string;
  /** What the button shows. */
  readonly button: ReactNode;
  /** What the button is called, where that is not what it shows. */
  readonly buttonLabel?: string;
  readonly buttonClass?: string | undefined;
  /** The panel; a link in it closes it. */
  readonly children: ReactNode;
}

/** A button in the header with a panel below it. Escape, the button, and whatever happens elsewhere close the panel. */
export function Popover({
  name,
  popover,
  button,
  buttonLabel,
  buttonClass,
  children,
}: PopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return undefined;
    panel.current?.focus({ preventScroll: true });
    const closeOutside = (event: Event): void => {
      if (!container.current?.contains(event.target as Node)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);

  return (
    <div
      ref={container}
      className={styles.container}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setIsOpen(false);
        opener.current?.focus();
      }}
    >
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-haspopup="dialog"
        aria-label={buttonLabel}
        title={buttonLabel}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        {button}
      </button>
      {isOpen && (
        <div
          ref={panel}
          id={id}
          className={styles.panel}
          role="dialog"
          aria-label={name}
          tabIndex={-1}
          data-popover={popover}
          onClick={(event) => {
            if ((event.target as Element).closest('a') !== null) setIsOpen(false);
          }}
        >
          {children}
        </div>
      )}
    </div>
  );
}
