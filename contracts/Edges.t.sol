// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CreditCode} from "./CreditCode.sol";
import {Directory} from "./Directory.sol";
import {Sm2Curve} from "./Sm2Curve.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {IRecognitionPolicy} from "./interfaces/IRecognitionPolicy.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title What is easily got wrong by one
contract EdgesTest is Deployment {
    using CreditCode for bytes18;

    uint256 private constant P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff;
    /// @dev A point of SM2's curve whose second coordinate is 1.
    bytes32 private constant FLAT =
        0x9c17043effe1a805a74a9a5e70b9d659705d3242094a566dc016f49311178d1f;

    /// @dev A character beside one of the alphabet must not pass for one of the same value.
    function test_noOtherCharacterStandsForOneOfTheAlphabet() public pure {
        bytes memory alphabet = Codes.ALPHABET;
        for (uint256 i = 0; i < alphabet.length; i++) {
            bytes17 others = bytes17("1460200MB1234567") >> 8;
            bytes18 code = Codes.complete(bytes17(alphabet[i]) | others);
            vm.assertTrue(code.isValid());
            bytes18 rest = code & ~bytes18(bytes1(0xff));
            for (uint8 other = 0x20; other < 0x7f; other++) {
                if (_isInAlphabet(bytes1(other))) continue;
                vm.assertFalse((rest | bytes18(bytes1(other))).isValid());
            }
        }
    }

    function test_aCoordinateOfSm2IsLessThanTheModulus() public pure {
        vm.assertTrue(Sm2Curve.isPoint(FLAT, bytes32(uint256(1))));
        vm.assertTrue(Sm2Curve.isPoint(FLAT, bytes32(P - 1)));
        vm.assertFalse(Sm2Curve.isPoint(FLAT, bytes32(P + 1)));
    }

    function test_everyRegionOfAGroupIsLookedAtTheFirstToo() public {
        uint24[] memory regions = new uint24[](2);
        (regions[0], regions[1]) = (4602, HAINAN);
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyInvalidRegion.selector,
                uint24(4602)
            )
        );
        vm.prank(NATION);
        policy.defineGroup("delta", regions, BASIS);
    }

    function test_aLogWithoutABatchIsFrozenAsAnyOther() public {
        _startIssuing();
        address[6] memory next;
        next[0] = address(Deploy.authorityRegistry(address(this), DELAY));
        Directory successor = Deploy.directory(next, directory, 0);
        access.freeze(directory, successor, BASIS);

        vm.assertTrue(log.isFrozen());
        vm.assertEq(log.sequence(), 0);
        vm.expectRevert(abi.encodeWithSelector(IBatchAnchor.BatchAnchorFrozen.selector));
        _anchor(OPERATOR, keccak256("root"), 1);
        (bool isMember, uint32 delay) = access.hasRole(1_000_000, NATION);
        vm.assertFalse(isMember);
        vm.assertEq(delay, 0);
    }

    function _isInAlphabet(bytes1 character) private pure returns (bool) {
        bytes memory alphabet = Codes.ALPHABET;
        for (uint256 i = 0; i < alphabet.length; i++) if (alphabet[i] == character) return true;
        return false;
    }
}
