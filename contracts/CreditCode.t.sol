// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CreditCode} from "./CreditCode.sol";
import {Codes} from "./test/Codes.t.sol";
import {vm} from "./test/Vm.t.sol";

contract CreditCodeTest {
    using CreditCode for bytes18;

    function test_theExampleOfTheStandardAndCodesInUseAreValid() public pure {
        vm.assertTrue(bytes18("91350100M000100Y43").isValid());
        vm.assertTrue(bytes18("91110108551385082Q").isValid());
        vm.assertTrue(bytes18("911100007109250324").isValid());
    }

    function test_aWrongCheckCharacterIsNotValid() public pure {
        vm.assertFalse(bytes18("91350100M000100Y44").isValid());
        vm.assertFalse(bytes18("91110108551385082R").isValid());
    }

    function test_lowerCaseShortAndEmptyCodesAreNotValid() public pure {
        vm.assertFalse(bytes18("91350100m000100y43").isValid());
        vm.assertFalse(bytes18("91350100M000100Y4").isValid());
        vm.assertFalse(bytes18(0).isValid());
    }

    function test_everyCharacterOutsideTheAlphabetIsRefusedInEveryPlace() public pure {
        for (uint256 character = 0; character < 256; character++) {
            if (_isInAlphabet(bytes1(uint8(character)))) continue;
            for (uint256 place = 0; place < 18; place++) {
                bytes18 code = _replaced("91350100M000100Y43", place, bytes1(uint8(character)));
                vm.assertFalse(code.isValid());
            }
        }
    }

    function testFuzz_aCodeWithItsCheckCharacterIsValidAndWithAnyOtherIsNot(
        uint256 seed
    ) public pure {
        bytes18 code = Codes.complete(Codes.random(seed));
        vm.assertTrue(code.isValid());
        for (uint256 i = 0; i < 31; i++) {
            bytes18 other = _replaced(code, 17, Codes.ALPHABET[i]);
            vm.assertTrue(other.isValid() == (other == code));
        }
    }

    function testFuzz_oneWrongCharacterIsAlwaysFound(
        uint256 seed,
        uint256 place,
        uint256 wrong
    ) public pure {
        bytes18 code = Codes.complete(Codes.random(seed));
        bytes18 other = _replaced(code, place % 18, Codes.ALPHABET[wrong % 31]);
        vm.assertTrue(other.isValid() == (other == code));
    }

    function testFuzz_twoNeighboursSwappedAreAlwaysFound(uint256 seed, uint256 place) public pure {
        bytes18 code = Codes.complete(Codes.random(seed));
        uint256 left = place % 16;
        bytes18 swapped = _replaced(_replaced(code, left, code[left + 1]), left + 1, code[left]);
        vm.assertTrue(swapped.isValid() == (swapped == code));
    }

    function _replaced(
        bytes18 code,
        uint256 place,
        bytes1 character
    ) private pure returns (bytes18) {
        bytes18 mask = bytes18(bytes1(0xff)) >> (place * 8);
        return (code & ~mask) | (bytes18(character) >> (place * 8));
    }

    function _isInAlphabet(bytes1 character) private pure returns (bool) {
        for (uint256 i = 0; i < 31; i++) if (Codes.ALPHABET[i] == character) return true;
        return false;
    }
}
