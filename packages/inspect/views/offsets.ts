// Where the units of a reading stand in the lane's own text, kept as stretches: most of a reading stands unit for unit.
// Offsets only: it must not know the text.

/** Stretches that may be forgotten before it is worth moving the rest. */
const SLACK = 256;

export class Offsets {
  /** Of each stretch: its first unit, the lane offset that it stands for, and the length there of what all of its units
   * stand for together; 0 when each stands for one. */
  private firsts: number[] = [];
  private places: number[] = [];
  private spans: number[] = [];
  /** Units so far. */
  length = 0;
  /** The stretch that was looked at last. */
  private hint = 0;

  /** The next `count` units stand one by one for the lane from `place` on. */
  each(place: number, count: number): void {
    const last = this.firsts.length - 1;
    const goesOn =
      last >= 0 && this.spans[last] === 0 && this.places[last]! + this.length - this.firsts[last]! === place;
    if (!goesOn) this.add(place, 0);
    this.length += count;
  }

  /** The next `count` units all stand for [start, end). */
  all(start: number, end: number, count: number): void {
    if (count === 1 && end - start === 1) {
      this.each(start, 1);
      return;
    }
    this.add(start, end - start);
    this.length += count;
  }

  /** The next units stand for what units [from, to) of another reading stand for. */
  copy(other: Offsets, from: number, to: number): void {
    let stretch = from < to ? other.find(from) : 0;
    for (let at = from; at < to; stretch += 1) {
      const until = Math.min(to, other.firsts[stretch + 1] ?? to);
      const place = other.places[stretch]!;
      const span = other.spans[stretch]!;
      if (span === 0) this.each(place + at - other.firsts[stretch]!, until - at);
      else this.all(place, place + span, until - at);
      at = until;
    }
  }

  /** Lane offset of the first code unit that unit `index` stands for. */
  start(index: number): number {
    const stretch = this.find(index);
    return this.places[stretch]! + (this.spans[stretch] === 0 ? index - this.firsts[stretch]! : 0);
  }

  /** Lane offset after the last code unit that unit `index` stands for. */
  end(index: number): number {
    const stretch = this.find(index);
    const span = this.spans[stretch]!;
    return this.places[stretch]! + (span === 0 ? index - this.firsts[stretch]! + 1 : span);
  }

  /** Nothing before unit `index` is asked for any more. */
  forget(index: number): void {
    if (this.firsts.length < SLACK) return;
    const dead = this.find(index);
    if (2 * dead < this.firsts.length) return;
    this.firsts = this.firsts.slice(dead);
    this.places = this.places.slice(dead);
    this.spans = this.spans.slice(dead);
    this.hint = 0;
  }

  clone(): Offsets {
    const copy = new Offsets();
    copy.firsts = this.firsts.slice();
    copy.places = this.places.slice();
    copy.spans = this.spans.slice();
    copy.length = this.length;
    return copy;
  }

  private add(place: number, span: number): void {
    this.firsts.push(this.length);
    this.places.push(place);
    this.spans.push(span);
  }

  /** The stretch that a unit belongs to: units are mostly asked for in order. */
  private find(index: number): number {
    const { firsts, hint } = this;
    for (let near = hint; near < hint + 3; near += 1) {
      const next = firsts[near + 1];
      if (firsts[near]! <= index && (next === undefined || index < next)) return (this.hint = near);
    }
    let low = 0;
    for (let high = firsts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (firsts[middle]! <= index) low = middle;
      else high = middle;
    }
    return (this.hint = low);
  }
}
