// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StatusRegistry} from "./StatusRegistry.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title What a deployment takes over from the ones before it
contract GenerationsTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant NEW_ROOT = keccak256("root of the next deployment");
    uint40 private constant SIZE = 1000;

    /// @dev The status registry of the first generation.
    StatusRegistry private first;

    function setUp() public override {
        super.setUp();
        _startIssuing();
        _anchor(OPERATOR, ROOT, SIZE);
        first = statuses;
    }

    function test_aBatchOfThePredecessorIsKnownAndOneOfNobodyIsNot() public {
        _succeed();
        _anchor(OPERATOR, NEW_ROOT, 7);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, ROOT), SIZE);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, NEW_ROOT), 7);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, keccak256("nobody's")), 0);
        vm.assertEq(statuses.anchoredSizeOf(OTHER_AGENCY, ROOT), 0);
        vm.assertEq(first.anchoredSizeOf(AGENCY, ROOT), SIZE);
        vm.assertEq(first.anchoredSizeOf(AGENCY, NEW_ROOT), 0);
    }

    function test_thePredecessorsStatusesAreReadBeforeAnythingIsChanged() public {
        _set(3, 1);
        _set(64, 5);
        _setBatch(1);
        _succeed();
        _assertStatus(3, 1);
        _assertStatus(64, 5);
        _assertStatus(65, 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 5);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 1);
    }

    function test_theFirstChangeCopiesTheWordAndLeavesTheOthers() public {
        _set(3, 1);
        _set(64, 5);
        _succeed();
        _set(4, 2);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x21000);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 5);
        vm.assertEq(first.statusWordOf(AGENCY, ROOT, 0), 0x1000);
        _set(5, 6);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x621000);
    }

    function test_aSuspensionIsLiftedAcrossGenerationsForGood() public {
        _set(3, 1);
        _setBatch(1);
        _succeed();
        _set(3, 0);
        _setBatch(0);
        _assertStatus(3, 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);

        _set(3, 1);
        _setBatch(1);
        _assertStatus(3, 1);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 1);
    }

    function test_aFinalStatusStaysFinal() public {
        _set(3, 5);
        _setBatch(4);
        _succeed();
        _expectIllegal(5, 0);
        _set(3, 0);
        _expectIllegal(4, 1);
        _setBatch(1);
        _expectIllegal(5, 6);
        _setSeveral(2, 3, 6);
        _assertStatus(2, 0);
        _assertStatus(3, 5);
    }

    function test_severalCertificatesOfWordsTakenOverAndNot() public {
        _set(1, 1);
        _set(65, 2);
        _set(130, 3);
        _succeed();
        _set(2, 4);
        _setSeveral(3, 66, 6);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x6410);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 0x620);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 2), 0x300);
    }

    function test_statusesGoThroughTwoGenerations() public {
        _set(0, 1);
        _set(64, 1);
        _set(128, 1);
        _setBatch(1);
        _succeed();
        _set(1, 2);
        _anchor(OPERATOR, NEW_ROOT, 9);
        _succeed();

        vm.assertEq(statuses.anchoredSizeOf(AGENCY, ROOT), SIZE);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, NEW_ROOT), 9);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x21);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 1);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 1);
        _set(0, 0);
        _set(64, 0);
        _setBatch(0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x20);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 2), 1);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
    }

    function test_whatTheFrozenRegistryIsToldAfterTheCopyChangesNothing() public {
        _set(3, 1);
        _setBatch(1);
        _succeed();
        _set(4, 5);
        _setBatch(0);
        vm.prank(OPERATOR);
        first.setStatus(AGENCY, ROOT, 3, 0, NOW, 0);
        vm.prank(OPERATOR);
        first.setBatchStatus(AGENCY, ROOT, 5, NOW, 0);
        _assertStatus(3, 1);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
    }

    function test_aRootThatIsAnchoredAnewIsANewBatch() public {
        _set(3, 5);
        _setBatch(5);
        _succeed();
        _anchor(OPERATOR, ROOT, 2);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, ROOT), 2);
        _assertStatus(3, 0);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
        _set(1, 1);
        _setBatch(1);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0x10);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 1);
    }

    function test_anIndexBeyondThePredecessorsBatchIsRefused() public {
        _succeed();
        _set(999, 5);
        _expectOutOfRange(1000);
        _set(1000, 5);
        _expectOutOfRange(1000);
        _setSeveral(998, 1000, 5);
    }

    function test_whatNoGenerationAnchoredHasNoStatusToChange() public {
        _succeed();
        bytes32 root = keccak256("nobody's");
        uint32[] memory indices = new uint32[](1);
        _expectNotAnchored(root);
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, root, 0, 5, NOW, 0);
        _expectNotAnchored(root);
        vm.prank(OPERATOR);
        statuses.setStatuses(AGENCY, root, indices, 5, NOW, 0);
        _expectNotAnchored(root);
        vm.prank(OPERATOR);
        statuses.setBatchStatus(AGENCY, root, 5, NOW, 0);
        vm.assertEq(statuses.statusOf(AGENCY, root, 0), 0);
        vm.assertEq(statuses.batchStatusOf(AGENCY, root), 0);
    }

    function test_whoMayChangeAStatusIsForTheNewRegistryToSay() public {
        address former = _account("an operator not taken over");
        _employ(AGENCY, former);
        _succeed();
        _expectNotAllowed(former);
        vm.prank(former);
        statuses.setStatus(AGENCY, ROOT, 0, 5, NOW, 0);
        _expectNotAllowed(former);
        vm.prank(former);
        statuses.setBatchStatus(AGENCY, ROOT, 5, NOW, 0);
        vm.prank(NATION);
        statuses.setStatus(AGENCY, ROOT, 0, 5, NOW, 0);
    }

    /// @dev Three generations are told the same as one registry that was never replaced.
    function testFuzz_generationsAnswerAsOneRegistryWould(uint256 seed) public {
        uint8[5] memory some = [0, 1, 1, 5, 15];
        uint8[4] memory expected;
        uint8 expectedOfBatch = 0;
        for (uint256 i = 0; i < 24; i++) {
            if (i == 8 || i == 16) _succeed();
            uint256 which = uint8(seed >> (i * 8)) % 5;
            uint8 status = some[uint8(seed >> (i * 8 + 3)) % 5];
            uint8 former = which == 4 ? expectedOfBatch : expected[which];
            if (former > 1 || former == status) _expectIllegal(former, status);
            else if (which == 4) expectedOfBatch = status;
            else expected[which] = status;
            if (which == 4) _setBatch(status);
            else _set(uint32(which * 21), status);
        }
        for (uint32 i = 0; i < 4; i++) _assertStatus(i * 21, expected[i]);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), expectedOfBatch);
    }

    function _set(uint32 index, uint8 status) private {
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, ROOT, index, status, NOW, 0);
    }

    function _setSeveral(uint32 index, uint32 otherIndex, uint8 status) private {
        uint32[] memory indices = new uint32[](2);
        (indices[0], indices[1]) = (index, otherIndex);
        vm.prank(OPERATOR);
        statuses.setStatuses(AGENCY, ROOT, indices, status, NOW, 0);
    }

    function _setBatch(uint8 status) private {
        vm.prank(OPERATOR);
        statuses.setBatchStatus(AGENCY, ROOT, status, NOW, 0);
    }

    function _expectIllegal(uint8 from, uint8 to) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryIllegalTransition.selector,
                from,
                to
            )
        );
    }

    function _expectOutOfRange(uint32 index) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryIndexOutOfRange.selector,
                ROOT,
                index,
                SIZE
            )
        );
    }

    function _expectNotAnchored(bytes32 root) private {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAnchored.selector, AGENCY, root)
        );
    }

    function _expectNotAllowed(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryNotAllowed.selector,
                account,
                AGENCY
            )
        );
    }

    function _assertStatus(uint32 index, uint8 expected) private view {
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, index), expected);
    }
}
