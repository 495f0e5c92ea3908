// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract BatchAnchorTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");
    uint40 private constant LARGEST = 2 ** 32;

    function setUp() public override {
        super.setUp();
        _startIssuing();
    }

    function test_theLogStartsEmpty() public view {
        vm.assertEq(log.sequence(), 0);
        vm.assertEq(log.head(), 0);
        vm.assertEq(log.DOMAIN(), keccak256("liangzheng/batch-anchor/1"));
    }

    function test_anAnchoredBatchIsRecordedAndTold() public {
        bytes32 head = _headAfter(0, 1, ROOT, 1000, keccak256("m"));
        vm.expectEmit(address(log));
        emit IBatchAnchor.BatchAnchored(
            AGENCY,
            ROOT,
            TYPE,
            1,
            7,
            1000,
            2,
            NOW,
            keccak256("m"),
            OPERATOR,
            head
        );
        vm.prank(OPERATOR);
        log.anchor(TYPE, 7, 2, IBatchAnchor.Batch(ROOT, 1000, keccak256("m")));

        _assertRecord(ROOT, IBatchAnchor.Record(TYPE, 7, 1000, 2, NOW, 1));
        vm.assertEq(log.sizeOf(AGENCY, ROOT), 1000);
        vm.assertEq(log.sequence(), 1);
        vm.assertEq(log.head(), head);
    }

    function test_theHeadFoldsInTheHeadBefore() public {
        bytes32 first = _headAfter(0, 1, ROOT, 5, keccak256("m"));
        bytes32 second = _headAfter(first, 2, keccak256("second"), 6, 0);
        vm.prank(OPERATOR);
        log.anchor(TYPE, 7, 2, IBatchAnchor.Batch(ROOT, 5, keccak256("m")));
        vm.prank(OPERATOR);
        log.anchor(TYPE, 7, 2, IBatchAnchor.Batch(keccak256("second"), 6, 0));
        vm.assertEq(log.head(), second);
    }

    function test_severalBatchesAreAnchoredAtOnceInTheirOrder() public {
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](3);
        bytes32 head = 0;
        for (uint40 i = 0; i < 3; i++) {
            batches[i] = _batch(keccak256(abi.encode(i)), i + 1);
            head = _headAfter(head, i + 1, batches[i].root, i + 1, batches[i].manifestHash);
            vm.expectEmit(address(log));
            emit IBatchAnchor.BatchAnchored(
                AGENCY,
                batches[i].root,
                TYPE,
                i + 1,
                7,
                i + 1,
                2,
                NOW,
                batches[i].manifestHash,
                OPERATOR,
                head
            );
        }
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 7, 2, batches);

        vm.assertEq(log.sequence(), 3);
        vm.assertEq(log.head(), head);
        _assertRecord(batches[2].root, IBatchAnchor.Record(TYPE, 7, 3, 2, NOW, 3));
    }

    function test_anchoringManyEqualsAnchoringOneAfterTheOther() public {
        bytes32 head = 0;
        for (uint40 i = 0; i < 4; i++) {
            IBatchAnchor.Batch memory batch = _batch(keccak256(abi.encode(i)), i + 1);
            head = _headAfter(head, i + 1, batch.root, batch.size, batch.manifestHash);
        }
        _anchorOne(0);
        _anchorTwo(1);
        _anchorOne(3);
        vm.assertEq(log.head(), head);
        vm.assertEq(log.sequence(), 4);
    }

    function test_theSmallestAndTheLargestBatchAreAnchored() public {
        _anchor(OPERATOR, keccak256("one"), 1);
        _anchor(OPERATOR, keccak256("all"), LARGEST);
        vm.assertEq(log.sizeOf(AGENCY, keccak256("one")), 1);
        vm.assertEq(log.sizeOf(AGENCY, keccak256("all")), LARGEST);
        vm.assertEq(log.recordOf(AGENCY, keccak256("all")).size, LARGEST);
    }

    function test_anEmptyOrTooLargeBatchIsRefused() public {
        _expectInvalidSize(0);
        _anchor(OPERATOR, ROOT, 0);
        _expectInvalidSize(LARGEST + 1);
        _anchor(OPERATOR, ROOT, LARGEST + 1);
    }

    function test_theZeroRootIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchAnchor.BatchAnchorZeroRoot.selector));
        _anchor(OPERATOR, 0, 1);
    }

    function test_anUnknownSuiteIsRefused() public {
        _refuseSuite(0);
        _refuseSuite(3);
        _refuseSuite(255);
    }

    function test_schemaVersionZeroIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(IBatchAnchor.BatchAnchorInvalidSchemaVersion.selector, uint16(0))
        );
        vm.prank(OPERATOR);
        log.anchor(TYPE, 0, 1, IBatchAnchor.Batch(ROOT, 1, 0));
    }

    function test_anchoringNothingIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchAnchor.BatchAnchorNothingToAnchor.selector));
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 1, 1, new IBatchAnchor.Batch[](0));
    }

    function test_anAgencyAnchorsARootOnce() public {
        _anchor(OPERATOR, ROOT, 5);
        _expectAlreadyAnchored();
        _anchor(OPERATOR, ROOT, 6);
        vm.assertEq(log.sizeOf(AGENCY, ROOT), 5);
    }

    function test_aRootTwiceInOneTransactionAnchorsNothing() public {
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](3);
        batches[0] = _batch(keccak256("another"), 1);
        batches[1] = _batch(ROOT, 1);
        batches[2] = _batch(ROOT, 1);
        _expectAlreadyAnchored();
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 1, 1, batches);
        vm.assertEq(log.sequence(), 0);
        vm.assertEq(log.sizeOf(AGENCY, keccak256("another")), 0);
    }

    function test_nobodyBlocksAnothersRootByAnchoringItFirst() public {
        _register(OTHER_AGENCY, GUANGDONG);
        _entitle(OTHER_AGENCY, TYPE);
        _employ(OTHER_AGENCY, STRANGER);
        _anchor(STRANGER, ROOT, 3);
        _anchor(OPERATOR, ROOT, 5);
        vm.assertEq(log.sizeOf(OTHER_AGENCY, ROOT), 3);
        vm.assertEq(log.sizeOf(AGENCY, ROOT), 5);
    }

    function test_whatIsNotAnchoredHasAnEmptyRecord() public view {
        _assertRecord(ROOT, IBatchAnchor.Record(0, 0, 0, 0, 0, 0));
        vm.assertEq(log.sizeOf(AGENCY, ROOT), 0);
    }

    function test_aStrangerCannotAnchor() public {
        _expectNotAnOperator(STRANGER);
        _anchor(STRANGER, ROOT, 1);
    }

    function test_anAuthorityCannotAnchor() public {
        _expectNotAnOperator(NATION);
        _anchor(NATION, ROOT, 1);
    }

    function test_aRemovedOperatorCannotAnchor() public {
        vm.prank(CITY);
        registry.removeOperator(OPERATOR, BASIS);
        _expectNotAnOperator(OPERATOR);
        _anchor(OPERATOR, ROOT, 1);
    }

    function test_anOperatorOfASuspendedAgencyCannotAnchor() public {
        vm.prank(CITY);
        registry.setAgencyStatus(AGENCY, IAgencyRegistry.AgencyStatus.Suspended, NOW, BASIS);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInactiveAgency.selector,
                AGENCY,
                IAgencyRegistry.AgencyStatus.Suspended
            )
        );
        _anchor(OPERATOR, ROOT, 1);
    }

    function test_anAgencyCannotAnchorATypeItIsNotEntitledTo() public {
        vm.prank(CITY);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryNotEntitled.selector, AGENCY, TYPE)
        );
        _anchor(OPERATOR, ROOT, 1);
    }

    function test_aRecordStaysWhenItsAgencyIsClosed() public {
        _anchor(OPERATOR, ROOT, 5);
        vm.prank(CITY);
        registry.setAgencyStatus(AGENCY, IAgencyRegistry.AgencyStatus.Closed, NOW, BASIS);
        _assertRecord(ROOT, IBatchAnchor.Record(TYPE, 1, 5, 1, NOW, 1));
    }

    function testFuzz_aRecordReadsBackAsItWasWritten(
        bytes32 root,
        uint40 size,
        uint16 version,
        uint64 time
    ) public {
        vm.assume(root != 0 && version != 0);
        size = uint40(1 + (size % LARGEST));
        vm.warp(time);
        vm.prank(OPERATOR);
        log.anchor(TYPE, version, 1, IBatchAnchor.Batch(root, size, 0));
        _assertRecord(root, IBatchAnchor.Record(TYPE, version, size, 1, time, 1));
    }

    function _anchorOne(uint40 i) private {
        vm.prank(OPERATOR);
        log.anchor(TYPE, 7, 2, _batch(keccak256(abi.encode(i)), i + 1));
    }

    function _anchorTwo(uint40 i) private {
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](2);
        batches[0] = _batch(keccak256(abi.encode(i)), i + 1);
        batches[1] = _batch(keccak256(abi.encode(i + 1)), i + 2);
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 7, 2, batches);
    }

    function _refuseSuite(uint8 suite) private {
        vm.expectRevert(
            abi.encodeWithSelector(IBatchAnchor.BatchAnchorUnknownSuite.selector, suite)
        );
        vm.prank(OPERATOR);
        log.anchor(TYPE, 1, suite, IBatchAnchor.Batch(ROOT, 1, 0));
    }

    function _expectInvalidSize(uint40 size) private {
        vm.expectRevert(abi.encodeWithSelector(IBatchAnchor.BatchAnchorInvalidSize.selector, size));
    }

    function _expectAlreadyAnchored() private {
        vm.expectRevert(
            abi.encodeWithSelector(IBatchAnchor.BatchAnchorAlreadyAnchored.selector, AGENCY, ROOT)
        );
    }

    function _expectNotAnOperator(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryNotAnOperator.selector, account)
        );
    }

    /// @dev The head formula written out anew, 32 bytes a field, for schema version 7 and suite 2.
    function _headAfter(
        bytes32 previous,
        uint256 number,
        bytes32 root,
        uint256 size,
        bytes32 manifestHash
    ) private view returns (bytes32) {
        bytes memory start = bytes.concat(
            keccak256("liangzheng/batch-anchor/1"),
            bytes32(block.chainid),
            bytes32(uint256(uint160(address(log)))),
            bytes32(number),
            bytes32(AGENCY),
            root,
            bytes32(TYPE)
        );
        return
            keccak256(
                bytes.concat(
                    start,
                    bytes32(uint256(7)),
                    bytes32(size),
                    bytes32(uint256(2)),
                    bytes32(uint256(NOW)),
                    manifestHash,
                    previous
                )
            );
    }

    function _assertRecord(bytes32 root, IBatchAnchor.Record memory expected) private view {
        vm.assertEq(
            keccak256(abi.encode(log.recordOf(AGENCY, root))),
            keccak256(abi.encode(expected))
        );
    }
}
