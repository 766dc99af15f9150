import { useEffect, useRef, useState, type RefObject } from 'react';

/** Something that comes into view within this distance is there before anybody sees it. */
const margin = '300px';

/** Whether the element is in view, or nearly. False before anybody has looked. */
export function useInView<Item extends Element>(): [RefObject<Item | null>, boolean] {
  const element = useRef<Item>(null);
  const [isInView, setIsInView] = useState(false);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        setIsInView(entries.at(-1)?.isIntersecting === true);
      },
      { rootMargin: margin },
    );
    observer.observe(element.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [element, isInView];
}
