// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Sm2Curve} from "./Sm2Curve.sol";
import {vm} from "./test/Vm.t.sol";

/// @dev The curve's parameters, written out anew from GB/T 32918.5-2017, and its group law.
contract Sm2CurveTest {
    uint256 private constant P = 2 ** 256 - 2 ** 224 - 2 ** 96 + 2 ** 64 - 1;
    uint256 private constant GX =
        0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7;
    uint256 private constant GY =
        0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0;

    /// @dev A point whose first coordinate is 0, and one whose second is 1: both could be written larger.
    uint256 private constant Y_OF_0 =
        0xfd4511e81736a60f07e88a83d6cf5a167fae6d1a9c9330e76e232e00f5cdc154;
    uint256 private constant X_OF_1 =
        0x9c17043effe1a805a74a9a5e70b9d659705d3242094a566dc016f49311178d1f;

    function test_theBasePointIsOnTheCurve() public pure {
        vm.assertTrue(_isPoint(GX, GY));
    }

    function test_thePublicKeyOfTheStandardsExampleIsOnTheCurve() public pure {
        vm.assertTrue(
            _isPoint(
                0x09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020,
                0xccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13
            )
        );
    }

    function test_theBasePointOfP256IsNot() public pure {
        vm.assertFalse(
            _isPoint(
                0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
                0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5
            )
        );
    }

    function test_noCoordinatesAreThePointAtInfinity() public pure {
        vm.assertFalse(_isPoint(0, 0));
        vm.assertFalse(_isPoint(P, P));
    }

    function test_aPointIsWrittenInOneWayOnly() public pure {
        vm.assertTrue(_isPoint(0, Y_OF_0));
        vm.assertFalse(_isPoint(P, Y_OF_0));
        vm.assertTrue(_isPoint(X_OF_1, 1));
        vm.assertFalse(_isPoint(X_OF_1, P + 1));
    }

    function testFuzz_everyMultipleOfTheBasePointIsOnTheCurveAndItsNeighboursAreNot(
        uint16 factor
    ) public view {
        (uint256 x, uint256 y) = _multiple(uint256(factor) + 1);
        vm.assertTrue(_isPoint(x, y));
        vm.assertTrue(_isPoint(x, P - y));
        vm.assertFalse(_isPoint(x, addmod(y, 1, P)));
    }

    /// @dev The curve's order is odd and far above the factor, so no step meets the point at infinity.
    function _multiple(uint256 factor) private view returns (uint256 x, uint256 y) {
        (x, y) = (GX, GY);
        uint256 bit = 1 << Math.log2(factor);
        while (bit > 1) {
            bit >>= 1;
            (x, y) = _sum(
                x,
                y,
                mulmod(3, addmod(mulmod(x, x, P), P - 1, P), P),
                addmod(y, y, P),
                x
            );
            if (factor & bit != 0) {
                (x, y) = _sum(x, y, addmod(GY, P - y, P), addmod(GX, P - x, P), GX);
            }
        }
    }

    /// @dev The third point on the line of slope rise / run through (x, y) and a point at `other`, mirrored.
    function _sum(
        uint256 x,
        uint256 y,
        uint256 rise,
        uint256 run,
        uint256 other
    ) private view returns (uint256, uint256) {
        uint256 slope = mulmod(rise, Math.invModPrime(run, P), P);
        uint256 third = addmod(mulmod(slope, slope, P), P - addmod(x, other, P), P);
        return (third, addmod(mulmod(slope, addmod(x, P - third, P), P), P - y, P));
    }

    function _isPoint(uint256 x, uint256 y) private pure returns (bool) {
        return Sm2Curve.isPoint(bytes32(x), bytes32(y));
    }
}
