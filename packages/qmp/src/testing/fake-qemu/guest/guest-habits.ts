/** How the guest of a fake QEMU behaves. A test may change it at any time. */
export interface GuestHabits {
  /** When the power button is pressed: an operating system shuts down, a guest without one ignores it. */
  onPowerdown: 'shuts-down' | 'ignores';
  /** When a device is to be unplugged: it is let go, it is refused, or nothing happens until the next reset. */
  onUnplug: 'releases' | 'refuses' | 'ignores';
  /** When the balloon is to change its size. */
  onBalloon: 'follows' | 'ignores';
  /** The time that it takes for all that. */
  reactionMs: number;
}

/** An operating system that does what it is asked to. */
export const WILLING_GUEST: Readonly<GuestHabits> = {
  onPowerdown: 'shuts-down',
  onUnplug: 'releases',
  onBalloon: 'follows',
  reactionMs: 50,
};
