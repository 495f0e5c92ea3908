// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {vm} from "./test/Vm.t.sol";

/// @title The batch tree against OpenZeppelin's verifier
/// @dev node = keccak256(min ‖ max), an odd last node moves up unchanged.
contract BatchTreeTest {
    function test_everyProofOfEveryTreeOfUpTo33LeavesIsAccepted() public pure {
        for (uint256 size = 1; size <= 33; size++) {
            bytes32[] memory leaves = _leaves(size);
            bytes32 root = _rootOf(leaves);
            for (uint256 index = 0; index < size; index++) {
                bytes32[] memory proof = _proofOf(leaves, index);
                vm.assertTrue(proof.length <= _heightOf(size));
                vm.assertTrue(MerkleProof.verify(proof, root, leaves[index]));
            }
        }
    }

    function test_noOtherLeafIsAcceptedWithAProof() public pure {
        for (uint256 size = 1; size <= 33; size++) {
            bytes32[] memory leaves = _leaves(size);
            bytes32 root = _rootOf(leaves);
            for (uint256 index = 0; index < size; index++) {
                bytes32[] memory proof = _proofOf(leaves, index);
                vm.assertFalse(MerkleProof.verify(proof, root, keccak256("another leaf")));
            }
        }
    }

    function test_aBatchOfOneIsItsOwnRoot() public pure {
        bytes32[] memory leaves = _leaves(1);
        vm.assertEq(_rootOf(leaves), leaves[0]);
        vm.assertEq(_proofOf(leaves, 0).length, 0);
    }

    function testFuzz_aChangedSiblingIsNeverAccepted(
        uint256 size,
        uint256 index,
        uint256 place,
        uint8 bit
    ) public pure {
        bytes32[] memory leaves = _leaves(2 + (size % 200));
        index %= leaves.length;
        bytes32[] memory proof = _proofOf(leaves, index);
        bytes32 root = _rootOf(leaves);
        vm.assertTrue(MerkleProof.verify(proof, root, leaves[index]));
        place %= proof.length;
        proof[place] ^= bytes32(uint256(1) << bit);
        vm.assertFalse(MerkleProof.verify(proof, root, leaves[index]));
    }

    function _leaves(uint256 size) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](size);
        for (uint256 i = 0; i < size; i++) leaves[i] = keccak256(abi.encode("leaf", i));
    }

    function _rootOf(bytes32[] memory level) private pure returns (bytes32) {
        while (level.length > 1) level = _parentsOf(level);
        return level[0];
    }

    function _proofOf(
        bytes32[] memory level,
        uint256 index
    ) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](0);
        while (level.length > 1) {
            if ((index ^ 1) < level.length) proof = _appended(proof, level[index ^ 1]);
            level = _parentsOf(level);
            index /= 2;
        }
    }

    function _parentsOf(bytes32[] memory level) private pure returns (bytes32[] memory parents) {
        parents = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < parents.length; i++) {
            bool hasSibling = 2 * i + 1 < level.length;
            parents[i] = hasSibling ? _parentOf(level[2 * i], level[2 * i + 1]) : level[2 * i];
        }
    }

    function _parentOf(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    function _appended(
        bytes32[] memory list,
        bytes32 item
    ) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = item;
    }

    function _heightOf(uint256 size) private pure returns (uint256 height) {
        while (2 ** height < size) height++;
    }
}
