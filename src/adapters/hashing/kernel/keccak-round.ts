/**
 * One round of Keccak-f[1600] (FIPS 202, 3.2), over two messages in vectors and one in plain integers.
 *
 * In the plain integers the lanes 1, 2, 8, 12, 17 and 20 are kept inverted, so that a round has 5 inversions
 * instead of 25 (Keccak implementation overview, 2.2): chi then is an `or` here and an `and` there. Vectors
 * have an instruction for the inversion and the `and` in one.
 */
import {
  andNot,
  rotate64,
  rotate64By1,
  rotate64By56,
  rotate64By8,
  spread64,
  xor,
} from "./words.ts";

/** Static methods can be inlined, so that every address is known when the kernel is compiled. */
export class Round {
  /** @param isLast whether only the digests are wanted, which are in the first row */
  @inline
  static of(
    pair: usize,
    nextPair: usize,
    single: usize,
    nextSingle: usize,
    constant: usize,
    isLast: bool,
  ): void {
    if (ASC_FEATURE_SIMD) {
      const b0 = Round.column<v128>(pair);
      const b1 = Round.column<v128>(pair + 16);
      const b2 = Round.column<v128>(pair + 16 * 2);
      const b3 = Round.column<v128>(pair + 16 * 3);
      const b4 = Round.column<v128>(pair + 16 * 4);
      const e0 = xor(b4, rotate64By1(b1));
      const e1 = xor(b0, rotate64By1(b2));
      const e2 = xor(b1, rotate64By1(b3));
      const e3 = xor(b2, rotate64By1(b4));
      const e4 = xor(b3, rotate64By1(b0));
      const a0 = Round.column<u64>(single);
      const a1 = Round.column<u64>(single + 8);
      const a2 = Round.column<u64>(single + 8 * 2);
      const a3 = Round.column<u64>(single + 8 * 3);
      const a4 = Round.column<u64>(single + 8 * 4);
      const d0 = xor(a4, rotate64By1(a1));
      const d1 = xor(a0, rotate64By1(a2));
      const d2 = xor(a1, rotate64By1(a3));
      const d3 = xor(a2, rotate64By1(a4));
      const d4 = xor(a3, rotate64By1(a0));
      Round.firstRow<v128>(pair, nextPair, constant, e0, e1, e2, e3, e4);
      Round.firstRow<u64>(single, nextSingle, constant, d0, d1, d2, d3, d4);
      if (isLast) return;
      Round.secondRow<v128>(pair, nextPair, e0, e1, e2, e3, e4);
      Round.secondRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.thirdRow<v128>(pair, nextPair, e0, e1, e2, e3, e4);
      Round.thirdRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.fourthRow<v128>(pair, nextPair, e0, e1, e2, e3, e4);
      Round.fourthRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.fifthRow<v128>(pair, nextPair, e0, e1, e2, e3, e4);
      Round.fifthRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
    } else {
      const a0 = Round.column<u64>(single);
      const a1 = Round.column<u64>(single + 8);
      const a2 = Round.column<u64>(single + 8 * 2);
      const a3 = Round.column<u64>(single + 8 * 3);
      const a4 = Round.column<u64>(single + 8 * 4);
      const d0 = xor(a4, rotate64By1(a1));
      const d1 = xor(a0, rotate64By1(a2));
      const d2 = xor(a1, rotate64By1(a3));
      const d3 = xor(a2, rotate64By1(a4));
      const d4 = xor(a3, rotate64By1(a0));
      Round.firstRow<u64>(single, nextSingle, constant, d0, d1, d2, d3, d4);
      if (isLast) return;
      Round.secondRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.thirdRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.fourthRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
      Round.fifthRow<u64>(single, nextSingle, d0, d1, d2, d3, d4);
    }
  }

  @inline
  static column<T>(top: usize): T {
    const upper = xor(
      xor(load<T>(top), load<T>(top, 5 * sizeof<T>())),
      load<T>(top, 10 * sizeof<T>()),
    );
    return xor(xor(upper, load<T>(top, 15 * sizeof<T>())), load<T>(top, 20 * sizeof<T>()));
  }

  @inline
  static firstRow<T>(
    from: usize,
    to: usize,
    constant: usize,
    d0: T,
    d1: T,
    d2: T,
    d3: T,
    d4: T,
  ): void {
    const b0 = xor(load<T>(from), d0);
    const b1 = rotate64(xor(load<T>(from, 6 * sizeof<T>()), d1), 44);
    const b2 = rotate64(xor(load<T>(from, 12 * sizeof<T>()), d2), 43);
    const b3 = rotate64(xor(load<T>(from, 18 * sizeof<T>()), d3), 21);
    const b4 = rotate64(xor(load<T>(from, 24 * sizeof<T>()), d4), 14);
    store<T>(to, xor(Round.chiOr(b0, b1, b2), spread64<T>(constant)));
    store<T>(to, Round.chiNotOr(b1, b2, b3), sizeof<T>());
    store<T>(to, Round.chiAnd(b2, b3, b4), 2 * sizeof<T>());
    store<T>(to, Round.chiOr(b3, b4, b0), 3 * sizeof<T>());
    store<T>(to, Round.chiAnd(b4, b0, b1), 4 * sizeof<T>());
  }

  @inline
  static secondRow<T>(from: usize, to: usize, d0: T, d1: T, d2: T, d3: T, d4: T): void {
    const b0 = rotate64(xor(load<T>(from, 3 * sizeof<T>()), d3), 28);
    const b1 = rotate64(xor(load<T>(from, 9 * sizeof<T>()), d4), 20);
    const b2 = rotate64(xor(load<T>(from, 10 * sizeof<T>()), d0), 3);
    const b3 = rotate64(xor(load<T>(from, 16 * sizeof<T>()), d1), 45);
    const b4 = rotate64(xor(load<T>(from, 22 * sizeof<T>()), d2), 61);
    store<T>(to, Round.chiOr(b0, b1, b2), 5 * sizeof<T>());
    store<T>(to, Round.chiAnd(b1, b2, b3), 6 * sizeof<T>());
    store<T>(to, Round.chiOrNot(b2, b3, b4), 7 * sizeof<T>());
    store<T>(to, Round.chiOr(b3, b4, b0), 8 * sizeof<T>());
    store<T>(to, Round.chiAnd(b4, b0, b1), 9 * sizeof<T>());
  }

  @inline
  static thirdRow<T>(from: usize, to: usize, d0: T, d1: T, d2: T, d3: T, d4: T): void {
    const b0 = rotate64By1(xor(load<T>(from, sizeof<T>()), d1));
    const b1 = rotate64(xor(load<T>(from, 7 * sizeof<T>()), d2), 6);
    const b2 = rotate64(xor(load<T>(from, 13 * sizeof<T>()), d3), 25);
    const b3 = rotate64By8(xor(load<T>(from, 19 * sizeof<T>()), d4));
    const b4 = rotate64(xor(load<T>(from, 20 * sizeof<T>()), d0), 18);
    store<T>(to, Round.chiOr(b0, b1, b2), 10 * sizeof<T>());
    store<T>(to, Round.chiAnd(b1, b2, b3), 11 * sizeof<T>());
    store<T>(to, Round.chi(b2, b3, b4), 12 * sizeof<T>());
    store<T>(to, Round.invertedOr(b3, b4, b0), 13 * sizeof<T>());
    store<T>(to, Round.chiAnd(b4, b0, b1), 14 * sizeof<T>());
  }

  @inline
  static fourthRow<T>(from: usize, to: usize, d0: T, d1: T, d2: T, d3: T, d4: T): void {
    const b0 = rotate64(xor(load<T>(from, 4 * sizeof<T>()), d4), 27);
    const b1 = rotate64(xor(load<T>(from, 5 * sizeof<T>()), d0), 36);
    const b2 = rotate64(xor(load<T>(from, 11 * sizeof<T>()), d1), 10);
    const b3 = rotate64(xor(load<T>(from, 17 * sizeof<T>()), d2), 15);
    const b4 = rotate64By56(xor(load<T>(from, 23 * sizeof<T>()), d3));
    store<T>(to, Round.chiAnd(b0, b1, b2), 15 * sizeof<T>());
    store<T>(to, Round.chiOr(b1, b2, b3), 16 * sizeof<T>());
    store<T>(to, Round.chiNotOr(b2, b3, b4), 17 * sizeof<T>());
    store<T>(to, Round.invertedAnd(b3, b4, b0), 18 * sizeof<T>());
    store<T>(to, Round.chiOr(b4, b0, b1), 19 * sizeof<T>());
  }

  @inline
  static fifthRow<T>(from: usize, to: usize, d0: T, d1: T, d2: T, d3: T, d4: T): void {
    const b0 = rotate64(xor(load<T>(from, 2 * sizeof<T>()), d2), 62);
    const b1 = rotate64(xor(load<T>(from, 8 * sizeof<T>()), d3), 55);
    const b2 = rotate64(xor(load<T>(from, 14 * sizeof<T>()), d4), 39);
    const b3 = rotate64(xor(load<T>(from, 15 * sizeof<T>()), d0), 41);
    const b4 = rotate64(xor(load<T>(from, 21 * sizeof<T>()), d1), 2);
    store<T>(to, Round.chi(b0, b1, b2), 20 * sizeof<T>());
    store<T>(to, Round.invertedOr(b1, b2, b3), 21 * sizeof<T>());
    store<T>(to, Round.chiAnd(b2, b3, b4), 22 * sizeof<T>());
    store<T>(to, Round.chiOr(b3, b4, b0), 23 * sizeof<T>());
    store<T>(to, Round.chiAnd(b4, b0, b1), 24 * sizeof<T>());
  }

  @inline
  static chi<T>(a: T, b: T, c: T): T {
    return xor(a, andNot(c, b));
  }

  @inline
  static chiOr<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return a ^ (b | c);
  }

  @inline
  static chiAnd<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return a ^ (b & c);
  }

  @inline
  static chiNotOr<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return a ^ (~b | c);
  }

  @inline
  static chiOrNot<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return a ^ (b | ~c);
  }

  @inline
  static invertedOr<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return ~a ^ (b | c);
  }

  @inline
  static invertedAnd<T>(a: T, b: T, c: T): T {
    if (isVector<T>()) return Round.chi(a, b, c);
    else return ~a ^ (b & c);
  }
}
