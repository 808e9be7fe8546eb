import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A piece whose code is loaded when it is first shown, because most people who open the page never see it. Until it is
 * there, nothing stands in its place; from then on it is shown at once.
 */
export function loadedLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const loaded = signal<{ Piece: ComponentType<Props> } | null>(null);
  return function LoadedLater(props: Props) {
    useEffect(() => {
      if (!loaded.value)
        load().then((Piece) => {
          loaded.value = { Piece };
        });
    }, []);
    if (!loaded.value) return null;
    const { Piece } = loaded.value;
    return <Piece {...props} />;
  };
}
